// The least that Stripe charges, in minor units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).
// Where a currency is not among them, what it comes to depends on the account, and there is none here.
const MINIMUM: Readonly<Record<string, number>> = {
  ...{ usd: 50, eur: 50, gbp: 30, jpy: 50, aud: 50, cad: 50, chf: 50, nzd: 50, sgd: 50, inr: 50 },
  ...{ brl: 50, aed: 200, bgn: 100, czk: 1500, dkk: 250, hkd: 400, huf: 17500, mxn: 1000 },
  ...{ myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1000 },
}

/**
 * What an invoice asks for after its customer's balance, and what becomes of that: credit that is left (below zero),
 * or a debt for the next invoice, where it is too little to be charged.
 */
export function dueAfterBalance(
  { total, currency }: { total: number; currency: string },
  balance: number,
): { due: number; ending: number } {
  const owed = total + balance
  const isTooLittle = owed > 0 && owed < (MINIMUM[currency] ?? 0)
  return isTooLittle
    ? { due: 0, ending: owed }
    : { due: Math.max(0, owed), ending: Math.min(0, owed) }
}
