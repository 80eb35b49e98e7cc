import type { Query } from '@/app/components/read-refusal'

const PAGE = '/settings/billing/payment-method'

// What a bank's way back carries that the page reads. The client secret beside it goes no further.
const KEPT = ['setup_intent', 'proof'] as const

/** Where signing in leads a customer whose session ended while they were at their bank: to what they left there. */
export function wayBack(query: Query): string {
  const kept = KEPT.flatMap((name) => {
    const value = query[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return kept.length > 0 ? `${PAGE}?${new URLSearchParams(kept)}` : PAGE
}
