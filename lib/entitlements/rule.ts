import type { Feature } from '@/lib/catalog/features'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { PLANS } from '@/lib/catalog/plans'
import type { Entitlement } from './entitlement'
import { grants } from './entitlement'
import { inForce, type Override } from './overridden'

/** What decides about a feature. */
export type Rule =
  // An operator decided about the feature itself.
  | 'feature_granted'
  | 'feature_withheld'
  // An operator took the plan away.
  | 'plan_withheld'
  // The plan has it: one that an operator gave, or one that is paid for.
  | 'granted_plan_includes'
  | 'plan_includes'
  // The plan that is in force does not have it.
  | 'plan_lacks'
  // There is a subscription, and it allows nothing.
  | 'subscription_allows_nothing'
  | 'never_bought'

export type Decision<O extends Override = Override> = {
  allowed: boolean
  rule: Rule
  sentence: string
  /** The override that decides; null where a subscription does, or nothing. */
  override: O | null
}

/** Why a feature is there or not, by what `current` says at `now`. */
export function ruleOf<O extends Override>(
  feature: Feature,
  { current, overrides, now }: { current: Entitlement; overrides: readonly O[]; now: Date },
): Decision<O> {
  const valid = inForce(overrides, now)
  const allowed = current.features.includes(feature)
  const ofPlan = grants(current.tier).features.includes(feature)
  const own = valid.find(({ kind, name }) => kind === 'feature' && name === feature) ?? null
  if (own && allowed !== ofPlan) {
    return allowed
      ? decided('feature_granted', `An operator gave ${feature} until ${iso(own.expiresAt)}.`, own)
      : decided(
          'feature_withheld',
          `An operator withholds ${feature} until ${iso(own.expiresAt)}.`,
          own,
        )
  }
  const plan = valid.find(({ kind }) => kind === 'plan') ?? null
  const { name } = PLANS[current.tier]
  if (allowed) {
    if (plan?.effect === 'grant' && current.tier !== current.earnedTier)
      return decided(
        'granted_plan_includes',
        `An operator gave ${name}, which includes ${feature}.`,
        plan,
      )
    return decided('plan_includes', `${name} includes ${feature}.`, null)
  }
  if (plan?.effect === 'withhold')
    return decided(
      'plan_withheld',
      `An operator withholds the plan until ${iso(plan.expiresAt)}.`,
      plan,
    )
  const sold = planWithFeature(feature)
  const other = sold ? `${sold.name} does` : 'no plan does'
  if (current.access !== 'none')
    return decided('plan_lacks', `${name} does not include ${feature}; ${other}.`, null)
  if (current.subscriptionId) {
    const what = `${current.subscriptionId} is ${current.status} and allows nothing`
    return decided(
      'subscription_allows_nothing',
      `${what}; ${name} does not include ${feature}.`,
      null,
    )
  }
  return decided('never_bought', `Nothing is bought; ${name} does not include ${feature}.`, null)

  function decided(rule: Rule, sentence: string, override: O | null): Decision<O> {
    return { allowed, rule, sentence, override }
  }
}

function iso(instant: Date): string {
  return instant.toISOString()
}
