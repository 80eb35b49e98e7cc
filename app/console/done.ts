/** What was done, as the page that it was done on says it. */
export const DONE = {
  appointed: 'They are an operator now. Their next request opens the console.',
  revoked_role: 'They are no operator any more. Their next request is refused.',
  replayed: 'The event was told again. What came of it stands below.',
  replayed_group: 'They are marked, and are being drained. What cannot be done comes back here.',
} as const satisfies Record<string, string>

export type Done = keyof typeof DONE

export function doneText(value: unknown): string | null {
  // Looked up among its own keys alone.
  return Object.entries(DONE).find(([name]) => name === value)?.[1] ?? null
}
