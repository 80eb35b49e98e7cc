import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { CollectionPolicy } from '@/lib/catalog/collection-policy'
import { retrieveInvoice, settleInvoice } from '@/lib/stripe/invoices'
import type { Leaves, TaskOf } from './task'

// What the policy's words are at Stripe.
const AS = { void: 'void', write_off: 'uncollectible' } as const

/**
 * Closes one invoice of an ended subscription at Stripe, under an idempotency key of the invoice: a
 * second time it answers as the first did, and the audit row is written with "done".
 * @throws {Error} Stripe refuses, and it is still open: an operator must look
 */
export async function settleOne(
  { invoiceId, customerId }: TaskOf<'settle_invoice'>,
  { openInvoices }: CollectionPolicy,
): Promise<Leaves> {
  if (openInvoices === 'leave') return async () => {}
  const { isProcessing, remaining, subscriptionId } = await retrieveInvoice(invoiceId)
  // The customer has just paid it, with a debit: voiding it now would take their money for nothing.
  if (isProcessing) return async () => {}
  const closed = await settleInvoice(invoiceId, AS[openInvoices])
  if (!closed) return async () => {}
  return async (tx) => {
    await recordAudit(tx, systemActor('collection'), {
      scope: customerId,
      action: `invoice.${openInvoices}`,
      before: { invoice: invoiceId, status: 'open' },
      after: {
        invoice: invoiceId,
        status: AS[openInvoices],
        subscription: subscriptionId,
        // Of a void invoice Stripe says the same as before.
        ...remaining,
      },
    })
  }
}
