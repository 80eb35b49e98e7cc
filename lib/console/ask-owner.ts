import { type CustomerId, isCustomerId } from '@/lib/ids'
import { customerBehind, hasOwner, readsBehind } from '@/lib/stripe/owner-of'
import { askStripe } from './ask-stripe'

/** What Stripe says of an id that our records do not know. */
export type Owner = { kind: 'customer'; id: CustomerId } | { kind: 'none'; remark: string }

/** Asks Stripe whose customer an object is about. */
export async function askOwner(id: string, operator: { id: string }): Promise<Owner> {
  if (!hasOwner(id))
    return none(`Our records do not have ${id}, and Stripe cannot be asked whose it is.`)
  const asked = await askStripe({ id, operator, reads: readsBehind(id) }, () => customerBehind(id))
  if (asked.kind === 'none') return asked
  if (isCustomerId(asked.value)) return { kind: 'customer', id: asked.value }
  return none(`Neither our records nor Stripe know whose ${id} is.`)
}

function none(remark: string): Owner {
  return { kind: 'none', remark }
}
