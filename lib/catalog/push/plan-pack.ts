import type { CreditPack } from '@/lib/catalog/credit-packs'
import { formatMoney } from '@/lib/money'
import type { PriceSnapshot } from '@/lib/stripe/prices'
import type { Found } from './found'

export type PackStep = {
  noun: 'pack'
  pack: CreditPack
  id: string | null
  replaces: PriceSnapshot | null
}

/** The one-time price of a pack of credits: made where there is none, or where it costs something else now. */
export function planPack(pack: CreditPack, { packPrices }: Found) {
  const held = packPrices.find(({ lookupKey }) => lookupKey === pack.lookupKey)
  const what = `price ${pack.lookupKey}, ${formatMoney(pack.price)} once`
  const step = { noun: 'pack' as const, pack, what, id: null, replaces: held ?? null }
  if (!held) return { ...step, mark: '+' as const }
  const same =
    held.interval === null &&
    held.amount?.amount === pack.price.amount &&
    held.amount.currency === pack.price.currency
  if (same) return { ...step, id: held.id, replaces: null, mark: '=' as const }
  return { ...step, what: `${what}, in place of ${held.id}`, mark: '+' as const }
}
