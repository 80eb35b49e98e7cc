import type { Sentence } from './sentence'

/** The bank said no. Stripe's own words for a cardholder are longer and in one language; these are its codes. */
export const CARD = {
  card_declined: {
    title: 'Your bank did not accept the payment.',
    advice: 'You were not charged. Use another card, or ask your bank why.',
  },
  card_funds: {
    title: 'Your bank did not accept the payment: the card has not enough money on it.',
    advice: 'You were not charged. Use another card, or try again when there is.',
  },
  card_expired: {
    title: 'Your card has expired.',
    advice: 'You were not charged. Use another card.',
  },
  card_cvc: {
    title: 'The security code of your card is not right.',
    advice: 'You were not charged. Check the code and try again.',
  },
  card_unconfirmed: {
    title: 'Your bank wants you to confirm this payment.',
    advice: 'You were not charged. Try again, and confirm it where your bank asks you to.',
  },
  card_failed: {
    title: 'The payment could not be processed.',
    advice: 'You were not charged. Try again in a moment, or use another card.',
  },
} as const satisfies Record<string, Sentence>
