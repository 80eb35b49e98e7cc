import type { CardBehavior } from './card-behavior'
import { ACCOUNT_BY_CARD, bankAccount } from './test-accounts'
import type { Decline } from './test-declines'
import * as declines from './test-declines'

export type { Decline }

const FAIL = 'fail'
const UNAVAILABLE = 'unavailable'

// Numbers and meanings as in Stripe's testing guide.
const BY_NUMBER: Record<string, Partial<CardBehavior>> = {
  '4000000000000002': refused(declines.GENERIC),
  '4000000000009995': refused(declines.FUNDS),
  '4000000000009987': refused(declines.LOST),
  '4000000000009979': refused(declines.STOLEN),
  '4000000000000069': refused(declines.EXPIRED),
  '4000000000000127': refused(declines.CVC),
  '4000000000000119': refused(declines.PROCESSING),
  '4000000000006975': refused(declines.VELOCITY),
  '4000000000000341': { onCharge: declines.GENERIC },
  '4100000000000019': { onCharge: declines.BLOCKED, risk: 'highest' },
  '4000000000004954': { onCharge: declines.BLOCKED, risk: 'highest' },
  '4000000000009235': { risk: 'elevated' },
  '4000000000000101': { checks: { code: FAIL } },
  '4000000000000036': { checks: { zip: FAIL } },
  '4000000000000028': { checks: { line1: FAIL } },
  '4000000000000010': { checks: { zip: FAIL, line1: FAIL } },
  '4000000000000044': { checks: { zip: UNAVAILABLE, line1: UNAVAILABLE } },
  // Radar's own rules block a failed check where the risk is not a normal one.
  '4000058400307872': { risk: 'elevated', checks: { code: FAIL }, onCharge: declines.CVC_BLOCKED },
  '4000058400306072': { risk: 'elevated', checks: { zip: FAIL }, onCharge: declines.ZIP_BLOCKED },
  '4000000000000259': { disputes: 'fraudulent' },
  '4000000000002685': { disputes: 'product_not_received' },
  '4000000000001976': { disputes: 'inquiry' },
  '4000000000005423': { warns: true },
  '4000000404000079': { disputes: 'fraudulent', disputesAgain: true },
  '4000000404000038': { disputes: 'fraudulent' },
  '4000008400000779': { disputes: 'noncompliant' },
  '5105008400000002': { disputes: 'noncompliant' },
  '4000000001000043': { disputes: 'fraudulent' },
  '4000000000007726': { refunds: 'pending' },
  '4000000000005126': { refunds: 'fails' },
  '4000002500003155': { asks: 'once' },
  '4000002760003184': { asks: 'always' },
  '4000003800000446': { asks: 'once' },
  '4000000000003220': { asks: 'once' },
  '4000000000003063': { asks: 'once' },
  '4000008260003178': { asks: 'always', onCharge: declines.FUNDS },
  '4000008400001629': { asks: 'once', onCharge: declines.GENERIC },
  '4000008400001280': { onCharge: declines.PROCESSING },
}

/** How the card or the bank account with this number behaves. Numbers that mean nothing special pay. */
export function behaviorOf(number: string): CardBehavior {
  const account = bankAccount(ACCOUNT_BY_CARD[number] ?? number)
  return {
    brand: brandOf(number),
    onAttach: null,
    onCharge: null,
    asks: 'never',
    ...BY_NUMBER[number],
    ...account,
  }
}

function refused(decline: Decline): Partial<CardBehavior> {
  return { onAttach: decline, onCharge: decline }
}

function brandOf(number: string): CardBehavior['brand'] {
  if (/^4/.test(number)) return 'visa'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard'
  if (/^3[47]/.test(number)) return 'amex'
  if (/^3(0|6|8)/.test(number)) return 'diners'
  if (/^35/.test(number)) return 'jcb'
  if (/^62/.test(number)) return 'unionpay'
  return 'discover'
}
