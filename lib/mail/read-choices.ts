import { listOptOuts } from '@/db/queries/email-opt-outs'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { OPTIONAL_EMAILS, type OptionalEmail } from '@/lib/optional-emails'

export type EmailChoice = { kind: OptionalEmail; on: boolean }

/** Every kind of email that can be turned off, and whether the actor gets it. */
export async function readEmailChoices(actor: Actor): Promise<EmailChoice[]> {
  const off = await listOptOuts(userIdOf(actor))
  return OPTIONAL_EMAILS.map((kind) => ({ kind, on: !off.includes(kind) }))
}
