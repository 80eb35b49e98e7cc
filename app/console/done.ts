import type { Once } from '@/lib/console/once'

/** What was done, as the page that it was done on says it. */
export const DONE = {
  appointed: 'They are an operator now. Their next request opens the console.',
  revoked_role: 'They are no operator any more. Their next request is refused.',
  synced: 'Stripe was read. What it says stands below.',
  granted: 'Access was given. It applies now.',
  withheld: 'Access was taken away. It applies now.',
  revoked: 'The decision was taken back. What is paid for applies now.',
  ended: 'The plan was ended at Stripe.',
  merged: 'The duplicate was ended at Stripe. One subscription is left.',
  resent: 'The email was written anew, and is being sent.',
  replayed: 'The event was replayed. What came of it stands below.',
  replayed_group: 'They are marked, and are being drained. What cannot be done comes back here.',
  closed_uses: 'They are closed, and wait no more. Nothing was billed for them here.',
  closed_left_out: 'It is closed, and comes into no figure of the revenue.',
  repeated: 'You asked for this from that page already; how it stands is below.',
} as const satisfies Record<string, string>

export type Done = keyof typeof DONE

/** Of a second press only that it was one: what became of the first it does not know. */
export function doneOf(once: Once, done: Done): Done {
  return once === 'first' ? done : 'repeated'
}

export function doneText(value: unknown): string | null {
  // Looked up among its own keys alone.
  return Object.entries(DONE).find(([name]) => name === value)?.[1] ?? null
}
