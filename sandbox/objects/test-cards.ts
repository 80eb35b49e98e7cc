/** What a card does, whoever holds it. */
export interface CardBehaviour {
  brand: 'visa' | 'mastercard' | 'amex' | 'discover' | 'diners' | 'jcb' | 'unionpay'
  /** Refused when it is saved. */
  onAttach: Decline | null
  /** Refused when it is charged. */
  onCharge: Decline | null
  /** When the bank asks its holder: never, only while the holder is there, or at every payment. */
  asks: 'never' | 'once' | 'always'
  /** Its holder disputes every charge. */
  disputes?: boolean
  /** It stands for a bank account, whose bank answers days later. */
  settles?: 'succeeds' | 'fails'
}

export interface Decline {
  code: string
  declineCode: string
  message: string
}

const DECLINED = 'Your card was declined.'
const GENERIC: Decline = {
  code: 'card_declined',
  declineCode: 'generic_decline',
  message: DECLINED,
}
const FUNDS: Decline = {
  code: 'card_declined',
  declineCode: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
}
const EXPIRED: Decline = {
  code: 'expired_card',
  declineCode: 'expired_card',
  message: 'Your card has expired.',
}
const LOST: Decline = { code: 'card_declined', declineCode: 'lost_card', message: DECLINED }
const STOLEN: Decline = { code: 'card_declined', declineCode: 'stolen_card', message: DECLINED }
const CVC: Decline = {
  code: 'incorrect_cvc',
  declineCode: 'incorrect_cvc',
  message: "Your card's security code is incorrect.",
}
const PROCESSING: Decline = {
  code: 'processing_error',
  declineCode: 'processing_error',
  message: 'An error occurred while processing your card. Try again in a little bit.',
}

/** The bank wants its holder, and the holder is not there or did not agree. */
export const AUTHENTICATION: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}

// Numbers and meanings as in Stripe's testing guide.
const BY_NUMBER: Record<string, Partial<CardBehaviour>> = {
  '4000000000000002': refused(GENERIC),
  '4000000000009995': refused(FUNDS),
  '4000000000009987': refused(LOST),
  '4000000000009979': refused(STOLEN),
  '4000000000000069': refused(EXPIRED),
  '4000000000000127': refused(CVC),
  '4000000000000119': refused(PROCESSING),
  '4000000000000341': { onCharge: GENERIC },
  '4000000000000259': { disputes: true },
  // Not Stripe's: the form takes cards, so these numbers play bank accounts.
  '4000000000009201': { settles: 'succeeds' },
  '4000000000009219': { settles: 'fails' },
  '4000002500003155': { asks: 'once' },
  '4000002760003184': { asks: 'always' },
}

// The ready-made payment methods that tests attach without a form.
const BY_MAGIC_ID: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_createDispute: '4000000000000259',
  pm_usBankAccount_success: '4000000000009201',
  pm_usBankAccount_insufficientFunds: '4000000000009219',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
}

/** The card number behind a magic id such as `pm_card_visa`, or null. */
export function magicCard(id: string): string | null {
  return BY_MAGIC_ID[id] ?? null
}

/** How the card with this number behaves. Numbers that mean nothing special pay. */
export function behaviourOf(number: string): CardBehaviour {
  return {
    brand: brandOf(number),
    onAttach: null,
    onCharge: null,
    asks: 'never',
    ...BY_NUMBER[number],
  }
}

function refused(decline: Decline): Partial<CardBehaviour> {
  return { onAttach: decline, onCharge: decline }
}

function brandOf(number: string): CardBehaviour['brand'] {
  if (/^4/.test(number)) return 'visa'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard'
  if (/^3[47]/.test(number)) return 'amex'
  if (/^3(0|6|8)/.test(number)) return 'diners'
  if (/^35/.test(number)) return 'jcb'
  if (/^62/.test(number)) return 'unionpay'
  return 'discover'
}
