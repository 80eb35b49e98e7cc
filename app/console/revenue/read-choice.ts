import type { Query } from '@/app/components/read-refusal'
import type { RevenueChoice } from '@/lib/console/revenue'
import { isCurrency } from './figure-path'

/** Which currency and plan an address asks for; what cannot be one is left out. */
export function readChoice({ currency, plan }: Query): RevenueChoice {
  return {
    currency: isCurrency(currency) ? currency : null,
    plan: typeof plan === 'string' && /^[\w-]{1,200}$/.test(plan) ? plan : null,
  }
}
