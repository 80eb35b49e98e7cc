import { db } from '@/db/client'
import { findEntry } from '@/db/queries/outbox'
import type { OperatorActor } from '@/lib/audit/actor'
import { Conflict, NotFound } from '@/lib/errors'
import { enqueueMail } from '@/lib/mail/enqueue'
import { MAIL, Mail } from '@/lib/mail/mail'
import { rewrite } from '@/lib/outbox/rewrite-notification'
import { keyOfAgain } from '@/lib/outbox/sent-again'
import { countRead } from '@/lib/redis/person-reads'
import { businessClock } from '@/lib/stripe/business-clock'
import { type Once, once } from './once'
import { type About, requireTargets, scopeOfWorkspace } from './subject-of'

// Writing an email reads a session, its subscription and its invoice at Stripe, and nothing more.
const MOST_READS = 3

/**
 * Sends an email about a customer's plan again, to the addresses that get it now: written anew, from what is true now.
 * Once for each look, and never one that signs in.
 * @throws {Conflict} there is nothing to say any more: it was paid, or is over
 * @throws {NotFound} it is none that was written to this customer
 */
export async function resendMail(
  actor: OperatorActor,
  { workspaceId, seen, reason, key }: About & { key: string },
): Promise<Once> {
  const entry = await findEntry(key)
  const targets = await requireTargets(workspaceId)
  if (entry?.kind !== MAIL || !entry.targetKey || !targets.includes(entry.targetKey))
    throw new NotFound('console_gone')
  const about = entry.targetKey
  const scope = await scopeOfWorkspace(workspaceId)
  for (let n = 0; n < MOST_READS; n += 1) countRead()
  // Its link and its last words are not kept, so that it is always written from its cause.
  const mail = await rewrite(key, Mail.parse(entry.payload), businessClock())
  if (!mail?.html) throw new Conflict('console_nothing_to_say')
  const asked = { scope, seen, action: 'console.resend' as const, after: { mail: key }, reason }
  return once(actor, asked, () => enqueueMail(db(), keyOfAgain(key, seen), mail, about))
}
