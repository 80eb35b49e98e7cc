// The least that Stripe charges, in minor units
// (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). What it is in any other currency
// depends on the account, and Stripe's own answer is waited for.
const MINIMUM: Readonly<Record<string, number>> = {
  ...{ usd: 50, eur: 50, gbp: 30, jpy: 50, aud: 50, cad: 50, chf: 50, nzd: 50, sgd: 50, inr: 50 },
  ...{ brl: 50, aed: 200, bgn: 100, czk: 1500, dkk: 250, hkd: 400, huf: 17500, mxn: 1000 },
  ...{ myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1000 },
}

/**
 * What Stripe will charge of what is owed, for an invoice that is a draft still: what is too little to be charged is
 * `carried` to the next invoice, as a debt in the customer's balance. Minor units.
 */
export function chargedOf(owed: number, currency: string): { due: number; carried: number } {
  const isTooLittle = owed > 0 && owed < (MINIMUM[currency] ?? 0)
  return isTooLittle ? { due: 0, carried: owed } : { due: Math.max(0, owed), carried: 0 }
}
