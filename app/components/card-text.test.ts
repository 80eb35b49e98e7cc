import { expect, test } from 'vitest'
import { cardText } from './card-text'

test('a card is named as on the card, an unknown brand as Stripe has it', () => {
  expect(cardText({ brand: 'visa', last4: '4242' })).toBe('Visa •••• 4242')
  expect(cardText({ brand: 'cartes_bancaires', last4: '0001' })).toBe('cartes_bancaires •••• 0001')
})
