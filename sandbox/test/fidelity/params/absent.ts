import { ENDPOINTS } from '@/sandbox/api/endpoints'
import { typesOfObject } from '@/sandbox/test/fidelity/sdk-types'
import { fieldsOf } from '@/sandbox/test/fidelity/type-violations'
import { alternatives, hasFields } from './compare'
import { formatted } from './formatted'
import { callOf, paramsByCall } from './sdk-calls'

// The objects that have something to expand.
const OBJECTS = [
  'charge',
  'checkout.session',
  'coupon',
  'credit_note',
  'customer',
  'discount',
  'dispute',
  'invoice',
  'invoiceitem',
  'invoice_payment',
  'line_item',
  'item',
  'payment_intent',
  'payment_method',
  'plan',
  'price',
  'product',
  'promotion_code',
  'refund',
  'setup_intent',
  'subscription',
  'subscription_item',
  'subscription_schedule',
]

/** What an object may lack and a request may still expand, by kind of object. */
export function absentText(): string {
  const entries = OBJECTS.map((object): [string, string[]] => {
    const fields = typesOfObject(object).flatMap((type) => [...fieldsOf(type).fields.values()])
    const optional = fields
      .filter((field) => field.optional && alternatives(field).some(hasFields))
      .map(({ name }) => name)
    return [object, [...new Set(optional)].sort()]
  })
  return `${formatted(Object.fromEntries(entries.filter(([, names]) => names.length > 0)))}\n`
}

/** The requests that the SDK can make and the sandbox does not serve. */
export function unservedText(): string {
  const served = new Set(ENDPOINTS.map(({ method, path }) => callOf(method, path)))
  const calls = [...paramsByCall().keys()].filter((call) => !served.has(call))
  return `${formatted([...new Set(calls)].sort())}\n`
}
