import type { Query } from '@/app/components/read-refusal'
import { readInstant } from '@/app/console/read-query'
import type { EventFilter } from '@/lib/console/events'
import { isCustomerId } from '@/lib/ids'

/** Which events an address asks for; what it says that can be no filter is left out. */
export function readFilter({ state, type, customer, before, id }: Query): EventFilter {
  const at = readInstant(before)
  return {
    state: state === 'pending' || state === 'dead' ? state : null,
    type: typeof type === 'string' && /^[a-z_.]{3,80}$/.test(type) ? type : null,
    customer: isCustomerId(customer) ? customer : null,
    after: at && typeof id === 'string' && /^\w{1,255}$/.test(id) ? { at, id } : null,
  }
}

/** The same as part of an address. */
export function filterQuery({ state, type, customer, after }: EventFilter): string {
  const given = { state, type, customer, before: after?.at, id: after?.id }
  const kept = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return new URLSearchParams(kept).toString()
}
