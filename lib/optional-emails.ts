/**
 * The kinds of email that no one is owed, and that can be turned off. Receipts, failed payments, the end of a
 * trial or of a plan and sign-in links are not among them: they announce a charge, or are asked for.
 */
export const OPTIONAL_EMAILS = ['usage'] as const

export type OptionalEmail = (typeof OPTIONAL_EMAILS)[number]

/** Whether a text that came from outside names one. */
export function isOptionalEmail(value: unknown): value is OptionalEmail {
  return OPTIONAL_EMAILS.some((kind) => kind === value)
}
