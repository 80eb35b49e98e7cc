import type { Query } from '@/app/components/read-refusal'
import { readBefore } from '@/app/console/read-query'
import type { EventFilter } from '@/lib/console/events'
import { isCustomerId } from '@/lib/ids'

/** Which events an address asks for; what it says that can be no filter is left out. */
export function readFilter({ state, type, customer, before, id }: Query): EventFilter {
  const at = instantOf(before)
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

// As a page before wrote it, to the microsecond. A day that no calendar has is none: Postgres would refuse it.
function instantOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[\d-]{10}T[\d:]{8}\.\d{1,6}Z$/.test(value)) return null
  const at = readBefore(value)
  return at?.toISOString().slice(0, 19) === value.slice(0, 19) ? value : null
}
