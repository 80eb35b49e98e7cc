import type { Call } from '@/sandbox/pages/call'

const DONE: Record<string, string> = {
  jumped: 'The clock was moved, and what was due has happened.',
  sent: 'The event was sent again, to every enabled endpoint.',
  unsent: 'There is no enabled webhook endpoint to send it to.',
  saved: 'The switches are set.',
}

/** What was just done, or null. Never the query's own text. */
export function doneMessage({ query }: Call): string | null {
  const name = query.get('done') ?? ''
  return Object.hasOwn(DONE, name) ? (DONE[name] ?? null) : null
}
