import type { Decline } from '@/sandbox/objects/test-cards'
import type { CardForm } from './card-form'

/** What is wrong with a card before any bank is asked, or null. `now` is Unix seconds. */
export function checkCard(card: CardForm, now: number): Decline | null {
  if (!/^\d{13,19}$/.test(card.number) || !passesLuhn(card.number)) {
    return wrong('incorrect_number', 'Your card number is incorrect.')
  }
  if (card.expMonth < 1 || card.expMonth > 12)
    return wrong('invalid_expiry_month', "Your card's expiration month is invalid.")
  // A card is good until the end of its month.
  if (Date.UTC(card.expYear, card.expMonth) / 1000 <= now)
    return wrong('invalid_expiry_year', "Your card's expiration year is invalid.")
  return /^\d{3,4}$/.test(card.cvc)
    ? null
    : wrong('invalid_cvc', "Your card's security code is invalid.")
}

/** The same card with digits only in its number. */
export function normalized(card: CardForm): CardForm {
  return { ...card, number: card.number.replace(/[\s-]/g, '') }
}

function passesLuhn(number: string): boolean {
  const sum = Array.from(number)
    .reverse()
    .map((digit, place) => (place % 2 === 1 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0)
  return sum % 10 === 0
}

function wrong(code: string, message: string): Decline {
  return { code, declineCode: code, message }
}
