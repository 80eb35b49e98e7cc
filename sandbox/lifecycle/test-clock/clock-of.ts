import { optionalId } from '@/sandbox/ids'
import { resolve } from '@/sandbox/objects/references'
import type { Store } from '@/sandbox/store/store'
import type { Tx } from '@/sandbox/store/transaction'

type Reads = Pick<Tx, 'find'>
type Searches = Reads & Pick<Store, 'all'>

/** The id of the test clock by which an object lives: its own or its customer's. Null: the sandbox's own clock. */
export function testClockOf(reads: Reads, object: object): string | null {
  if ('object' in object && object.object === 'test_helpers.test_clock') return idIn(object)
  if ('test_clock' in object) return optionalId(object.test_clock as string | null)
  // Disputes and refunds know their customer by the charge.
  if ('charge' in object && !('customer' in object)) {
    const charge = reads.find('charge', optionalId(object.charge as string | null) ?? '')
    return charge ? testClockOf(reads, charge) : null
  }
  if (!('customer' in object)) return null
  const customer = reads.find('customer', optionalId(object.customer as string | null) ?? '')
  return customer ? optionalId(customer.test_clock) : null
}

/** What time it is for the first of these ids that lives on a test clock, or null when none does. */
export function frozenTimeOf(reads: Searches, ids: readonly string[]): number | null {
  for (const id of ids) {
    const object = named(reads, id)
    const clock = object && testClockOf(reads, object)
    const found = clock && reads.find('test_helpers.test_clock', clock)
    if (found) return found.frozen_time
  }
  return null
}

/** As the API's `resolve`, and also what only the pages name: portal tokens and a bank's questions. */
function named(reads: Searches, id: string): object | undefined {
  const token = reads.find('portal_token', id)
  if (token) return reads.find('billing_portal.session', token.session)
  const purpose = reads.find('challenge', id)?.purpose
  if (purpose) return named(reads, purpose.kind === 'checkout' ? purpose.session : purpose.token)
  if (id.startsWith('si_')) return ownerOf(reads, id)
  return resolve(reads, id)
}

/** Items are kept in their subscription, and live by its clock. */
function ownerOf(reads: Searches, item: string): object | undefined {
  for (const subscription of reads.all('subscription'))
    if (subscription.items.data.some(({ id }) => id === item)) return subscription
  return undefined
}

function idIn(object: object): string | null {
  return 'id' in object && typeof object.id === 'string' ? object.id : null
}
