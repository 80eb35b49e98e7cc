import { startSandbox } from '@/sandbox/server'
import { type Exchange, recordingClient } from '@/sandbox/test/fidelity/recorder'
import { stateOf } from '@/sandbox/test/fidelity/state'
import { callAccount } from './account'
import type { Calls } from './app'
import { callBalance } from './balance'
import { callBilling } from './billing'
import { callCatalog, makeCatalog } from './catalog'
import { callCheckout } from './checkout'
import { callTestClocks } from './clock'
import { callCustomers } from './customer'
import { callDiscounts } from './discount'
import { callDrafts } from './draft'
import { callEntitlements } from './entitlement'
import { callIntents } from './intent'
import { callInvoices } from './invoice'
import { callPayments } from './payment'
import { callPendingUpdates } from './pending-update'
import { callPortal } from './portal'
import { callSchedules } from './schedule'
import { callSearch } from './search'
import { callSubscriptions } from './subscription'

/** Every part of an app, by its name. */
export const PARTS: Readonly<Record<string, Calls>> = {
  catalog: callCatalog,
  customers: callCustomers,
  discounts: callDiscounts,
  checkout: callCheckout,
  portal: callPortal,
  subscriptions: callSubscriptions,
  'changes that are refused': callPendingUpdates,
  invoices: callInvoices,
  drafts: callDrafts,
  schedules: callSchedules,
  entitlements: callEntitlements,
  'test clocks': callTestClocks,
  payments: callPayments,
  balance: callBalance,
  billing: callBilling,
  intents: callIntents,
  search: callSearch,
  account: callAccount,
}

/** Makes the calls of one part in a world of its own, and answers with what was said. */
export async function callAll(calls: Calls) {
  const { sandbox, url, port, stop } = await startSandbox({ port: 0 })
  const { stripe, exchanges } = recordingClient(port, () => stateOf(sandbox))
  try {
    await calls({ stripe, sandbox, url, ...(await makeCatalog(stripe)) })
    const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 })
    return { exchanges: exchanges as readonly Exchange[], events }
  } finally {
    await stop()
  }
}
