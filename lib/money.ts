/**
 * An amount in the currency's minor unit (cents, yen, fils), with its ISO 4217 code in lower case,
 * as Stripe has it.
 */
export type Money = { amount: number; currency: string }

/**
 * Writes an amount the way its currency is written: `$19.00`, `¥1,900`, `KWD 1.900`.
 * Whole amounts drop their decimals when `trim` is set (`$19` on a plan card).
 */
export function formatMoney(money: Money, locale = 'en-US', { trim = false } = {}): string {
  const currency = money.currency.toUpperCase()
  const digits = fractionDigits(currency)
  const whole = money.amount % 10 ** digits === 0
  return formatFor(locale, currency, trim && whole ? 0 : digits).format(money.amount / 10 ** digits)
}

// Made once each: that costs a tenth of a millisecond, and a page of figures has hundreds of amounts.
const formats = new Map<string, Intl.NumberFormat>()

function formatFor(locale: string, currency: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`
  const known = formats.get(key)
  if (known) return known
  const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency, ...exactly })
  formats.set(key, made)
  return made
}

// Stripe's own table (docs.stripe.com/currencies#minor-units). The platform's differs where it hurts:
// Intl gives HUF, IDR, COP and ISK no decimals, Stripe counts all four in hundredths.
const WHOLE = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ')
const THOUSANDTHS = 'BHD JOD KWD OMR TND'.split(' ')

function fractionDigits(currency: string): number {
  if (WHOLE.includes(currency)) return 0
  return THOUSANDTHS.includes(currency) ? 3 : 2
}
