import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { env } from '@/lib/env'
import type { CardReason } from '@/lib/errors'
import {
  type CustomerId,
  parseCustomerId,
  parseSetupIntentId,
  type SetupIntentId,
  type WorkspaceId,
} from '@/lib/ids'
import { callStripe, cardReason } from './call'
import { APP } from './metadata'
import { idOf, oneOf } from './read'
import { stripeUrl } from './stripe-url'

// With these the SetupIntent's own payment method cannot be charged later: Stripe makes another of it, a SEPA debit.
const LEAVE_ANOTHER = ['bancontact', 'ideal', 'sofort'] as const

/**
 * Lets the browser that has the client secret leave one payment method for this customer, to be charged later
 * without them. The secret is for its owner's browser alone: never log or store it.
 * @throws {NotFound} Stripe does not have this customer
 */
export async function createSetupIntent(
  customerId: CustomerId,
  workspaceId: WorkspaceId,
): Promise<{ id: SetupIntentId; clientSecret: string }> {
  const { id, client_secret: clientSecret } = await callStripe((stripe) =>
    stripe.setupIntents.create({
      customer: customerId,
      usage: 'off_session',
      excluded_payment_method_types: [...LEAVE_ANOTHER],
      metadata: { app: APP, env: env().appEnv, workspace_id: workspaceId },
    }),
  )
  if (clientSecret === null) throw new Error(`Stripe gave no client secret for ${id}.`)
  return { id: parseSetupIntentId(id), clientSecret }
}

// docs.stripe.com/payments/paymentintents/lifecycle
const STATUSES = [
  ...['requires_payment_method', 'requires_confirmation', 'requires_action'],
  ...['processing', 'succeeded', 'canceled'],
] as const

export type SetupSnapshot = {
  customerId: CustomerId | null
  status: (typeof STATUSES)[number] | 'unknown'
  /** What was left, `pm_…`; null until something was. */
  paymentMethod: string | null
  /** It is what the customer's invoices are charged to. */
  isDefault: boolean
  /** Something that was left later is what the customer's invoices are charged to. */
  isSuperseded: boolean
  /** Why the bank said no, if it did. */
  refused: CardReason | null
  /** Small deposits that come to a bank account, and whose owner confirms them to show that it is theirs. */
  deposits: { arriveAt: Date; url: string | null } | null
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveSetupIntent(id: SetupIntentId): Promise<SetupSnapshot> {
  const expand = ['payment_method', 'customer.invoice_settings.default_payment_method']
  const intent = await callStripe((stripe) => stripe.setupIntents.retrieve(id, { expand }))
  const customer = idOf(intent.customer)
  const method = idOf(intent.payment_method)
  const current = defaultOf(intent.customer)
  const { last_setup_error: error } = intent
  return {
    customerId: customer === null ? null : parseCustomerId(customer),
    status: oneOf(STATUSES, intent.status),
    paymentMethod: method,
    isDefault: method !== null && method === idOf(current),
    isSuperseded: isNewer(current, intent.payment_method),
    refused: error && cardReason({ code: error.code, decline_code: error.decline_code }),
    deposits: depositsOf(intent),
  }
}

// docs.stripe.com/payments/ach-direct-debit/set-up-payment#verify-with-microdeposits
function depositsOf({ status, next_action: next }: Stripe.SetupIntent): SetupSnapshot['deposits'] {
  const asked = status === 'requires_action' ? next?.verify_with_microdeposits : null
  if (!asked) return null
  return { arriveAt: fromUnix(asked.arrival_date), url: stripeUrl(asked.hosted_verification_url) }
}

function defaultOf(customer: Stripe.SetupIntent['customer']) {
  if (!customer || typeof customer === 'string' || customer.deleted) return null
  return customer.invoice_settings.default_payment_method
}

type Method = Stripe.SetupIntent['payment_method']

function isNewer(current: Method, method: Method): boolean {
  if (!current || typeof current === 'string' || !method || typeof method === 'string') return false
  return current.created > method.created
}

/** Charges a customer's invoices to this from now on, where a subscription has none of its own. Safe to repeat. */
export async function makeDefault(customerId: CustomerId, paymentMethod: string): Promise<void> {
  await callStripe((stripe) =>
    stripe.customers.update(customerId, {
      invoice_settings: { default_payment_method: paymentMethod },
    }),
  )
}
