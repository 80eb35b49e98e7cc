import { insertEntry } from '@/db/queries/outbox'
import type { CollectionPolicy } from '@/lib/catalog/collection-policy'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { SubscriptionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { type InvoiceSnapshot, listOpenInvoices, retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import { COLLECTION } from '@/lib/sync/collection-tasks'
import { isLeftOver } from './left-over'
import type { Leaves, TaskOf } from './task'

/**
 * Finds what an ended subscription still asks for: each such invoice becomes a task of its own, and its
 * customer is written to, once, that the plan has ended and what they owe. Nothing is changed at Stripe
 * here, so that a crash leaves nothing half done.
 */
export async function settleEnded(
  { subscriptionId, customerId }: TaskOf<'settle'>,
  { openInvoices }: CollectionPolicy,
): Promise<Leaves> {
  const subscription = await retrieveSubscription(subscriptionId)
  const { endedAt } = subscription
  // Our records say otherwise, because a Stripe without its customer was read.
  if (!endedAt) return async () => {}
  const { open, awaitsBank } = await openOf(subscriptionId, endedAt)
  const payload = {
    kind: 'subscription.end',
    objectId: subscriptionId,
    customerId,
    open: sumOf(open),
    openInvoices,
  }
  return async (tx) => {
    for (const { id } of open) {
      await insertEntry(tx, {
        entryKey: settlementKey(id),
        kind: COLLECTION,
        targetKey: customerId,
        payload: { task: 'settle_invoice', invoiceId: id, customerId },
      })
    }
    // Whether that is paid is known in days; then it is looked at again, and the email says which.
    if (awaitsBank && open.length === 0) return
    await insertEntry(tx, {
      entryKey: `notification:subscription.end:${subscriptionId}`,
      kind: NOTIFICATION,
      targetKey: customerId,
      payload,
    })
  }
}

/** The key of the task that closes an invoice: its presence says that the invoice was open after the end. */
export function settlementKey(invoice: string): string {
  return `collect:invoice:${invoice}`
}

async function openOf(id: SubscriptionId, endedAt: Date) {
  const invoices = await Promise.all((await listOpenInvoices(id)).map(retrieveInvoice))
  // While a bank has an order to pay one, it is left: what becomes of the order has an event of its own.
  const left = invoices.filter(
    (invoice) => invoice.status === 'open' && isLeftOver(invoice, endedAt),
  )
  return {
    open: left.filter(({ isProcessing }) => !isProcessing),
    awaitsBank: left.some(({ isProcessing }) => isProcessing),
  }
}

// Invoices of one subscription are in one currency.
function sumOf(invoices: readonly InvoiceSnapshot[]): Money | null {
  const [first] = invoices
  if (!first) return null
  const amount = invoices.reduce((sum, { remaining }) => sum + remaining.amount, 0)
  return { amount, currency: first.remaining.currency }
}
