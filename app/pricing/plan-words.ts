import type { PlanOf } from '@/lib/catalog/catalog-of'
import { yearlySaving } from '@/lib/catalog/yearly-saving'

type Plans = readonly PlanOf<string>[]

/** `Free, Pro and Studio`. */
export function planNames(plans: Plans): string {
  // Of the two kinds of English, the one without a comma before "and", as in the rest of our sentences.
  return new Intl.ListFormat('en-GB').format(plans.map(({ name }) => name))
}

/** `Yearly, save 16%`, or `up to` where the plans differ; nothing is promised where nothing is saved. */
export function yearlyLabel(plans: Plans): string {
  const savings = pricesOf(plans).map(({ month, year }) => yearlySaving(month, year))
  const most = Math.max(0, ...savings)
  if (most === 0) return 'Yearly'
  return `Yearly, save ${savings.every((saving) => saving === most) ? '' : 'up to '}${most}%`
}

/** `US dollars`: what all of them are priced in. */
export function currencyName(plans: Plans): string {
  const [plan] = plans
  return plan ? nameOfCurrency(plan.currency) : ''
}

/** `US dollars`, of `usd`. */
export function nameOfCurrency(currency: string): string {
  const format = {
    style: 'currency',
    currency,
    currencyDisplay: 'name',
  } as const
  const parts = new Intl.NumberFormat('en-US', format).formatToParts(2)
  return parts.find(({ type }) => type === 'currency')?.value ?? currency.toUpperCase()
}

function pricesOf(plans: Plans) {
  return plans.map(({ prices }) => prices).filter((prices) => prices !== null)
}
