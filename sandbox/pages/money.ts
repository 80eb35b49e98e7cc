import { type Html, html } from './html'

/** An amount in the currency's minor unit with its ISO 4217 code in lower case, as Stripe's objects have it. */
export type Amount = { amount: number; currency: string }

/** How often a price is charged; `intervalCount` 3 with `month` is every three months. */
export type Recurrence = { interval: 'day' | 'week' | 'month' | 'year'; intervalCount: number }

/** Writes an amount as its currency is written: `$19.00`, `¥1,900`, `−$8.33`. */
export function money({ amount, currency }: Amount): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  // A true minus sign: as wide as a digit, and read out as one.
  return format.format(amount / 10 ** minorDigits(currency, format)).replace('-', '−')
}

/** The amount as markup that machine translation leaves alone. */
export function moneyHtml(value: Amount): Html {
  return html`<span class="money" translate="no">${money(value)}</span>`
}

/** `per month`, `every 3 months`. */
export function perPeriod({ interval, intervalCount }: Recurrence): string {
  return intervalCount === 1 ? `per ${interval}` : `every ${intervalCount} ${interval}s`
}

/** `Monthly`, `Yearly`, `Every 3 months`: the name of a billing interval on its own. */
export function intervalName({ interval, intervalCount }: Recurrence): string {
  if (intervalCount !== 1) return `Every ${intervalCount} ${interval}s`
  return { day: 'Daily', week: 'Weekly', month: 'Monthly', year: 'Yearly' }[interval]
}

// Where Stripe's minor units differ from ISO 4217 (docs.stripe.com/currencies#special-cases).
const STRIPE_DIGITS: Record<string, number> = { isk: 2, ugx: 2, mga: 0 }

function minorDigits(currency: string, format: Intl.NumberFormat): number {
  return STRIPE_DIGITS[currency] ?? format.resolvedOptions().maximumFractionDigits ?? 2
}
