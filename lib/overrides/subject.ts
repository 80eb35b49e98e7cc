import type { OverrideRow } from '@/db/queries/claim'
import type { Feature } from '@/lib/catalog/features'
import type { PaidTier } from '@/lib/catalog/plans'
import type { Limits } from '@/lib/entitlements/entitlement'

/** What an operator can decide about: the plan, one feature, or one limit. */
export type Subject =
  | { kind: 'plan' }
  | { kind: 'feature'; feature: Feature }
  | { kind: 'limit'; limit: keyof Limits }

/** What an operator can give. A plan only ever lifts; a limit takes the place of the plan's, also a smaller one. */
export type Gift =
  | { kind: 'plan'; tier: PaidTier }
  | { kind: 'feature'; feature: Feature }
  | { kind: 'limit'; limit: keyof Limits; amount: number }

/** What an operator can take away until a day, whatever is paid for. */
export type Withheld = Extract<Subject, { kind: 'plan' | 'feature' }>

/** In which row a decision about this stands. */
export function nameOf(subject: Subject | Gift): Pick<OverrideRow, 'kind' | 'name'> {
  const { kind } = subject
  if (kind === 'feature') return { kind, name: subject.feature }
  return { kind, name: kind === 'limit' ? subject.limit : '' }
}
