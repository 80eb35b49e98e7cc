import { Invalid } from '@/lib/errors'

/** Why an operator does something, trimmed: it stays in the audit trail. @throws {Invalid} there is none */
export function parseReason(given: string | undefined): string {
  const reason = given?.trim() ?? ''
  if (!REASON.test(reason)) throw new Invalid('console_reason', { reason: '3 to 500 characters.' })
  return reason
}

// As lib/webhooks/replay.ts asks for it. Postgres has no text for a NUL or half a character.
const REASON = /^[^\p{Cs}\0]{3,500}$/u
