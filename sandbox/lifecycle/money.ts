const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** "10 Nov 2025": how Stripe writes days on invoice lines. `at` is Unix seconds. */
export function dayOf(at: number): string {
  return DAY_FORMAT.format(new Date(at * 1000)).replace('Sept', 'Sep')
}

/** "$10.00": an amount in minor units as Stripe writes it on invoice lines; "$0.036" where it is a fraction. */
export function amountText(amount: number, currency: string): string {
  const key = `${amount} ${currency}`
  const known = texts.get(key)
  if (known !== undefined) return known
  const format = formatOf(currency.toUpperCase())
  const digits = format.resolvedOptions().minimumFractionDigits ?? 2
  const text = format.format(amount / 10 ** digits)
  if (texts.size < MOST_TEXTS) texts.set(key, text)
  return text
}

// Prices are few, and each is written on every invoice of each subscriber who has it.
const texts = new Map<string, string>()
const MOST_TEXTS = 1000

// What a minor unit can be a fraction of, in digits.
const MAX_FRACTION = 14

// Making one takes longer than all else on an invoice line.
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency)
  if (known) return known
  const fresh = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    maximumFractionDigits: MAX_FRACTION,
  })
  formats.set(currency, fresh)
  return fresh
}

/** The part of `amount` that falls on `part` of `whole` seconds, to the nearest minor unit, halves away from zero. */
export function share(amount: number, part: number, whole: number): number {
  if (whole <= 0) return 0
  const exact = (Math.abs(amount) * part) / whole
  return Math.sign(amount) * Math.round(exact)
}
