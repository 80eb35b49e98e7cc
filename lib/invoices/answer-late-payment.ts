import { hasEntry, insertEntry } from '@/db/queries/outbox'
import { markTarget } from '@/db/queries/targets'
import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { CollectionPolicy } from '@/lib/catalog/collection-policy'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { InvoiceId } from '@/lib/ids'
import { type InvoiceSnapshot, retrieveInvoice } from '@/lib/stripe/invoices'
import { refundInvoice } from '@/lib/stripe/refunds'
import { restartSubscription } from '@/lib/stripe/restarts'
import type { SubscriptionNow } from '@/lib/stripe/subscription-now'
import { isForPeriod, isLeftOver } from './left-over'
import { settlementKey } from './settle-ended'
import type { Leaves, TaskOf } from './task'

/**
 * Answers money that came for a subscription that had ended, as the policy says: it is sent back,
 * starts the plan anew, or is kept for a person to decide. Customer and operators are written to. Any
 * other payment is none of its business.
 */
export async function answerLatePayment(
  { invoiceId, customerId }: TaskOf<'late_payment'>,
  { lateMoney }: CollectionPolicy,
): Promise<Leaves> {
  const invoice = await retrieveInvoice(invoiceId)
  const ended = await endedBefore(invoice)
  if (!ended) return async () => {}
  const { action, ...done } = await answer(invoice, ended, lateMoney)
  const { did, restartedAs = null } = done
  return async (tx) => {
    if (restartedAs) await markTarget(tx, customerId)
    await insertEntry(tx, {
      entryKey: `notification:payment.late:${invoiceId}`,
      kind: NOTIFICATION,
      targetKey: customerId,
      payload: { kind: 'payment.late', objectId: invoiceId, customerId, did, restartedAs },
    })
    await recordAudit(tx, systemActor('collection'), {
      scope: customerId,
      action,
      after: { invoice: invoiceId, subscription: ended.id, ...invoice.paid, ...done },
    })
  }
}

// Stripe counts in seconds. Of one that was paid in the second of the end we know that it was open
// after it, or take it for paid before.
async function endedBefore(invoice: InvoiceSnapshot): Promise<SubscriptionNow | null> {
  const { id, status, paid, paidAt, subscription } = invoice
  const endedAt = subscription?.endedAt
  if (status !== 'paid' || paid.amount === 0 || !paidAt || !endedAt) return null
  if (!isLeftOver(invoice, endedAt) || paidAt < endedAt) return null
  return paidAt > endedAt || (await hasEntry(settlementKey(id))) ? subscription : null
}

type Answer =
  | { action: 'invoice.refund'; did: 'refunded'; refunds: string[] }
  | { action: 'subscription.restart'; did: 'restarted'; restartedAs: string }
  | { action: 'invoice.keep'; did: 'kept' }

async function answer(
  { id, billingReason }: InvoiceSnapshot,
  ended: SubscriptionNow,
  policy: CollectionPolicy['lateMoney'],
): Promise<Answer & { restartedAs?: string }> {
  if (policy === 'keep') return KEPT
  // A whole period was paid for, so a whole one is given for it, and nothing for a part of one.
  if (policy === 'restart' && isForPeriod(billingReason)) {
    const restartedAs = await restartSubscription(ended.id, id)
    if (restartedAs) return { action: 'subscription.restart', did: 'restarted', restartedAs }
  }
  return sendBack(id)
}

const KEPT = { action: 'invoice.keep', did: 'kept' } as const

async function sendBack(id: InvoiceId): Promise<Answer> {
  const { refunds, whole } = await refundInvoice(id, 'late')
  // It came past Stripe, or its bank disputes it: a person has to look.
  return whole ? { action: 'invoice.refund', did: 'refunded', refunds } : KEPT
}
