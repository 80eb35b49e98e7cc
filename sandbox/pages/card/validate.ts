/** What a person typed into a card form, as the browser sent it. */
export type CardInput = {
  number: string
  expiry: string
  cvc: string
  name: string
  country: string
  postalCode: string
}

/** A card that may be put to the bank: digits only, a full year, an ISO country. */
export type Card = {
  number: string
  expMonth: number
  expYear: number
  cvc: string
  name: string
  country: string
  postalCode: string | null
}

export type CardField = keyof CardInput
export type CardErrors = Partial<Record<CardField, string>>

/** Reads a card form. `now` is the sandbox's clock in seconds: a card is good to the end of its month, in UTC. */
export function validateCard(
  input: CardInput,
  now: number,
): { card: Card; errors: null } | { card: null; errors: CardErrors } {
  const number = input.number.replace(/[\s-]/g, '')
  const expiry = parseExpiry(input.expiry)
  const errors = withoutBlanks({
    number: numberError(number),
    expiry: expiry ? pastError(expiry, now) : expiryError(input.expiry),
    cvc: cvcError(input.cvc.trim(), number),
    name: input.name.trim() === '' ? 'Enter the name on the card.' : null,
    country: /^[A-Z]{2}$/.test(input.country) ? null : 'Choose a country.',
    postalCode: postalError(input.postalCode.trim(), input.country),
  })
  if (!expiry || Object.keys(errors).length > 0) return { card: null, errors }
  return {
    errors: null,
    card: {
      number,
      expMonth: expiry.month,
      expYear: expiry.year,
      cvc: input.cvc.trim(),
      name: input.name.trim(),
      country: input.country,
      postalCode: input.postalCode.trim() || null,
    },
  }
}

function withoutBlanks(found: Record<CardField, string | null>): CardErrors {
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message !== null))
}

function numberError(number: string): string | null {
  if (number === '') return 'Enter a card number.'
  if (!/^\d+$/.test(number)) return 'A card number has digits only.'
  // ISO/IEC 7812: 12 to 19 digits.
  if (number.length < 12) return 'That card number is too short.'
  if (number.length > 19) return 'That card number is too long.'
  return luhn(number) ? null : 'That card number is not right. Check the digits.'
}

/** The check digit of ISO/IEC 7812: doubling every second digit from the right, the sum ends in 0. */
function luhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, character, index) => {
    const digit = Number(character)
    const counted = index % 2 === 0 ? digit : digit * 2
    return total + (counted > 9 ? counted - 9 : counted)
  }, 0)
  return sum % 10 === 0
}

type Expiry = { month: number; year: number }

/** `12 / 34`, `12/34`, `1234` and `12 / 2034` all mean December 2034. */
function parseExpiry(text: string): Expiry | null {
  const match = /^(\d{1,2})\s*[/-]\s*(\d{2}|\d{4})$|^(\d{2})(\d{2}|\d{4})$/.exec(text.trim())
  if (!match) return null
  const month = Number(match[1] ?? match[3])
  const year = match[2] ?? match[4] ?? ''
  if (month < 1 || month > 12) return null
  return { month, year: year.length === 2 ? 2000 + Number(year) : Number(year) }
}

function expiryError(text: string): string {
  if (text.trim() === '') return 'Enter the expiration date.'
  return 'Write the expiration date as MM / YY, for example 12 / 34.'
}

function pastError({ month, year }: Expiry, now: number): string | null {
  // Month 12 of Date.UTC is January of the next year, so this is the first instant after the card's month.
  if (Date.UTC(year, month) / 1000 <= now) return 'This card has expired.'
  // Stripe refuses a year more than 50 ahead as a mistake.
  return year > new Date(now * 1000).getUTCFullYear() + 50
    ? 'That expiration year is too far ahead.'
    : null
}

function cvcError(cvc: string, number: string): string | null {
  if (cvc === '') return 'Enter the security code (CVC).'
  const american = /^3[47]/.test(number)
  if (american ? /^\d{4}$/.test(cvc) : /^\d{3}$/.test(cvc)) return null
  return american
    ? 'The security code of this card has 4 digits.'
    : 'The security code has 3 digits (4 on American Express).'
}

function postalError(postalCode: string, country: string): string | null {
  if (country !== 'US' && country !== 'GB' && country !== 'CA') return null
  if (postalCode === '') return country === 'US' ? 'Enter a ZIP code.' : 'Enter a postal code.'
  if (country !== 'US' || /^\d{5}(-?\d{4})?$/.test(postalCode)) return null
  return 'A ZIP code has 5 digits.'
}
