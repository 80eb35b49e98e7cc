import type { Endpoint } from '@/sandbox/http/endpoint'
import * as account from './account'
import * as balance from './balance'
import * as billingMode from './billing-mode'
import * as checkoutSessions from './checkout-sessions'
import * as coupons from './coupons'
import * as creditNotes from './credit-notes'
import * as customerBalance from './customer-balance'
import * as customerSessions from './customer-sessions'
import * as customers from './customers'
import * as disputes from './disputes'
import * as earlyFraudWarnings from './early-fraud-warnings'
import * as entitlements from './entitlements'
import * as eventDestinations from './event-destinations'
import * as events from './events'
import * as invoiceCreate from './invoice-create'
import * as invoiceItems from './invoice-items'
import * as invoiceLines from './invoice-lines'
import * as invoiceSteps from './invoice-steps'
import * as invoices from './invoices'
import * as meterEvents from './meter-events'
import * as meters from './meters'
import * as paymentIntents from './payment-intents'
import * as paymentMethodCreate from './payment-method-create'
import * as paymentMethods from './payment-methods'
import * as payments from './payments'
import * as plans from './plans'
import * as portalConfigurations from './portal-configurations'
import * as portal from './portal-sessions'
import * as prices from './prices'
import * as products from './products'
import * as promotionCodes from './promotion-codes'
import * as refunds from './refunds'
import * as search from './search'
import * as setupIntentChanges from './setup-intent-changes'
import * as setupIntents from './setup-intents'
import * as subscriptionDiscounts from './subscription-discounts'
import * as subscriptionItemChanges from './subscription-item-changes'
import * as subscriptionItems from './subscription-items'
import * as subscriptionSchedules from './subscription-schedules'
import * as subscriptions from './subscriptions'
import * as taxIds from './tax-ids'
import * as taxRates from './tax-rates'
import * as testClocks from './test-clocks'
import * as webhookEndpoints from './webhook-endpoints'

const RESOURCES = [
  account,
  balance,
  billingMode,
  checkoutSessions,
  coupons,
  customerSessions,
  customers,
  disputes,
  earlyFraudWarnings,
  entitlements,
  eventDestinations,
  events,
  invoiceItems,
  invoiceSteps,
  invoices,
  meterEvents,
  meters,
  paymentIntents,
  paymentMethodCreate,
  paymentMethods,
  payments,
  plans,
  portal,
  portalConfigurations,
  prices,
  products,
  promotionCodes,
  refunds,
  search,
  setupIntentChanges,
  setupIntents,
  subscriptionDiscounts,
  subscriptionItemChanges,
  subscriptionItems,
  subscriptionSchedules,
  subscriptions,
  creditNotes,
  customerBalance,
  invoiceCreate,
  invoiceLines,
  taxIds,
  taxRates,
  testClocks,
  webhookEndpoints,
]

/** Everything that the API serves. */
export const ENDPOINTS: readonly Endpoint[] = RESOURCES.flatMap(endpointsIn)

function endpointsIn(resource: object): Endpoint[] {
  return Object.values(resource).filter(
    (value): value is Endpoint => typeof value === 'object' && value !== null && 'run' in value,
  )
}
