import { PATIENCE, within } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { type CustomerId, isCustomerId } from '@/lib/ids'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { customerBehind, hasOwner, readsBehind } from '@/lib/stripe/owner-of'

/** What Stripe says of an id that our records do not know. */
export type Owner = { kind: 'customer'; id: CustomerId } | { kind: 'none'; remark: string }

/** Asks Stripe whose customer an object is about, unless this person has had it asked often. Never waits long. */
export async function askOwner(id: string, operator: { id: string }): Promise<Owner> {
  if (!hasOwner(id))
    return none(`Our records do not have ${id}, and Stripe cannot be asked whose it is.`)
  const { allowed } = await mayRead(operator.id)
  if (!allowed)
    return none(`Our records do not have ${id}. Stripe was asked often; try again in a minute.`)
  try {
    for (let n = 0; n < readsBehind(id); n += 1) countRead()
    const customer = await within(PATIENCE.stripe, () => customerBehind(id))
    if (isCustomerId(customer)) return { kind: 'customer', id: customer }
    return none(`Neither our records nor Stripe know whose ${id} is.`)
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return none(`Our records do not have ${id}, and Stripe does not answer now.`)
  }
}

function none(remark: string): Owner {
  return { kind: 'none', remark }
}
