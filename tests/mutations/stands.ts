import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { readBilling } from '@/lib/billing/read'
import type { WorkspaceId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { arrive } from './people'

// Opening a page of Stripe's, and asking, are no change: what was done is.
const NO_CHANGE = /^portal\.open$|^payment_method\.set_up$|\.request_/

/** Everything of one workspace's billing at Stripe and in our records, once all of it has arrived. */
export async function billingOf({ workspaceId }: { workspaceId: WorkspaceId }) {
  await arrive()
  const customer = await findCustomerId(workspaceId)
  const { tier, status, isCanceling } = await readBilling(workspaceId)
  const ours = { tier, status, isCanceling }
  if (!customer) return { ours, stripe: null, did: [] }
  const stripe = stripeClient()
  const [subscriptions, charges, sessions, invoices, found, taxIds] = await Promise.all([
    stripe.subscriptions.list({ customer, status: 'all', limit: 100 }),
    stripe.charges.list({ customer, limit: 100 }),
    stripe.checkout.sessions.list({ customer, limit: 100 }),
    stripe.invoices.list({ customer, limit: 100 }),
    stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] }),
    stripe.customers.listTaxIds(customer),
  ])
  return {
    ours,
    stripe: {
      subscriptions: subscriptions.data.map((each) => ({
        status: each.status,
        ends: each.cancel_at_period_end || each.cancel_at !== null,
        paused: each.pause_collection !== null,
        planned: each.schedule !== null,
        waits: each.pending_update !== null,
        price: each.items.data[0]?.price.lookup_key ?? null,
      })),
      charged: charges.data.filter(({ paid }) => paid).map(({ amount }) => amount),
      invoices: invoices.data.map((each) => each.status),
      open: sessions.data.filter((each) => each.status === 'open').length,
      ...detailsOf(found),
      taxIds: taxIds.data.map(({ value }) => value),
    },
    did: (await listAudit(customer))
      .map(({ action }) => action)
      .filter((action) => !NO_CHANGE.test(action))
      // Whether a page of ours or an event was the first to see something is as it happens.
      .sort(),
  }
}

function detailsOf(
  found: Awaited<ReturnType<ReturnType<typeof stripeClient>['customers']['retrieve']>>,
) {
  if (found.deleted) return { gone: true }
  const method = found.invoice_settings.default_payment_method
  const card = typeof method === 'object' ? (method?.card?.brand ?? null) : null
  return { name: found.name ?? null, city: found.address?.city ?? null, card }
}
