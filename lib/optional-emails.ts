/**
 * The kinds of email that no one is owed, and that can be turned off: about usage, about a card before it expires,
 * and the second announcement of a trial's end. Which email is of which kind, and why every other one is owed, says
 * `lib/mail/email-rules.ts`.
 */
export const OPTIONAL_EMAILS = ['usage', 'card', 'trial'] as const

export type OptionalEmail = (typeof OPTIONAL_EMAILS)[number]

/** Whether a text that came from outside names one. */
export function isOptionalEmail(value: unknown): value is OptionalEmail {
  return OPTIONAL_EMAILS.some((kind) => kind === value)
}
