import { BRAND } from '@/lib/brand'
import type { Money } from '@/lib/money'
import { FREE } from './plans'

/** Uses that are sold beside the plans, by one payment. A pack's key stands at Stripe, and never changes. */
export type CreditPack = {
  pack: string
  name: string
  units: number
  price: Money
  /** How long they can be spent, from the sale on; null: without end. */
  validMonths: number | null
  /** Stripe's name for the price that is sold today; `stripe:push` moves it when the price changes. */
  lookupKey: string
}

/** What is sold; empty: no credits are. docs/how-to/sell-credits.md */
export const CREDIT_PACKS: readonly CreditPack[] = packs({
  credits_100: { name: '100 credits', units: 100, price: money(900), validMonths: 12 },
})

/** The pack of this key; null where none is sold under it. */
export function findCreditPack(pack: unknown): CreditPack | null {
  return CREDIT_PACKS.find((each) => each.pack === pack) ?? null
}

function packs(entries: Record<string, Omit<CreditPack, 'pack' | 'lookupKey'>>): CreditPack[] {
  return Object.entries(entries).map(([pack, entry]) => ({
    ...entry,
    pack,
    lookupKey: `${BRAND.stripe.lookupPrefix}_${pack}`,
  }))
}

// In the currency of the plans: a customer of Stripe has one.
function money(amount: number): Money {
  return { amount, currency: FREE.currency }
}
