import Stripe from 'stripe'
import type { BillingDetails } from '@/lib/billing-address'
import { Invalid } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { callStripe } from './call'
import { underKey } from './under-key'

export type TaxId = { id: string; type: string; value: string }

/**
 * What stands on a customer's invoices. Null for one that was deleted.
 * @throws {NotFound} Stripe never had this customer
 */
export async function retrieveBillingDetails(id: CustomerId): Promise<BillingDetails | null> {
  const customer = await callStripe((stripe) => stripe.customers.retrieve(id))
  if (customer.deleted) return null
  const { name, email, address } = customer
  return {
    name: name ?? '',
    email: email ?? '',
    address: {
      ...{ line1: address?.line1 ?? '', line2: address?.line2 ?? '', city: address?.city ?? '' },
      ...{ state: address?.state ?? '', postalCode: address?.postal_code ?? '' },
      country: address?.country ?? '',
    },
  }
}

/** A customer's tax ids, newest first; at most ten. */
export async function listTaxIds(customer: CustomerId): Promise<TaxId[]> {
  const { data } = await callStripe((stripe) =>
    stripe.customers.listTaxIds(customer, { limit: 10 }),
  )
  return data.map(({ id, type, value }) => ({ id, type, value }))
}

/**
 * Writes what stands on invoices from now on. Safe to repeat: it says how everything is to be.
 * @throws {Invalid} Stripe does not take it; the reason names the field
 */
export function writeBillingDetails(
  customer: CustomerId,
  { name, email, address }: BillingDetails,
): Promise<void> {
  const { line1, line2, city, state, postalCode, country } = address
  const empty = Object.values(address).every((part) => part === '')
  return refusing(async (stripe) => {
    await stripe.customers.update(customer, {
      ...{ name, email },
      address: empty ? '' : { line1, line2, city, state, postal_code: postalCode, country },
    })
  })
}

/**
 * Puts a tax id on a customer's invoices. `cause` names the press of the button: one adds once.
 * @throws {Invalid} Stripe does not take it
 */
export function createTaxId(
  customer: CustomerId,
  { type, value }: Omit<TaxId, 'id'>,
  cause: string,
): Promise<void> {
  return refusing(async (stripe) => {
    // Stripe's own list of types, which the form is made of; what is not in it Stripe refuses.
    const known = type as Stripe.CustomerCreateTaxIdParams['type']
    await underKey(`tax_id:${customer}:${cause}`, (options) =>
      stripe.customers.createTaxId(customer, { type: known, value }, options),
    )
  })
}

/**
 * Takes a tax id off a customer's invoices.
 * @throws {NotFound} the customer has no such tax id (any more)
 */
export async function deleteTaxId(customer: CustomerId, id: string): Promise<void> {
  await callStripe((stripe) => stripe.customers.deleteTaxId(customer, id))
}

function refusing(call: (stripe: Stripe) => Promise<void>): Promise<void> {
  return callStripe(async (stripe) => {
    try {
      await call(stripe)
    } catch (error) {
      const reason =
        error instanceof Stripe.errors.StripeInvalidRequestError ? reasonOf(error) : null
      if (reason) throw new Invalid(reason)
      throw error
    }
  })
}

// By the code where it says it, else by the parameter that Stripe names (docs.stripe.com/error-codes). Stripe's
// message quotes what was typed, and goes nowhere.
function reasonOf({ code, param }: Stripe.errors.StripeInvalidRequestError) {
  if (code === 'email_invalid' || param === 'email') return 'billing_email_refused'
  if (code === 'tax_id_invalid' || param === 'value' || param === 'type') return 'tax_id_refused'
  if (code === 'customer_tax_location_invalid' || param?.startsWith('address'))
    return 'billing_address_refused'
  return param === 'name' ? 'billing_name_refused' : null
}
