import type { CreditPack } from '@/lib/catalog/credit-packs'
import type { PriceId } from '@/lib/ids'
import { formatMoney } from '@/lib/money'
import { hidesTax, lacksTax, type PriceSnapshot } from '@/lib/stripe/prices'
import type { Found } from './found'

export type PackStep = {
  noun: 'pack'
  pack: CreditPack
  id: PriceId | null
  replaces: PriceSnapshot | null
  taxed: boolean
}

/** The one-time price of a pack of credits: made where there is none, or where it costs something else now. */
export function planPack(pack: CreditPack, { packPrices }: Found, taxed: boolean) {
  const held = packPrices.find(({ lookupKey }) => lookupKey === pack.lookupKey)
  const what = `price ${pack.lookupKey}, ${formatMoney(pack.price)} once`
  const step = { noun: 'pack' as const, pack, what, taxed, id: null, replaces: held ?? null }
  if (!held) return { ...step, mark: '+' as const }
  const same =
    !hidesTax(held, taxed) &&
    held.interval === null &&
    held.amount?.amount === pack.price.amount &&
    held.amount.currency === pack.price.currency
  if (same)
    return {
      ...step,
      id: held.id,
      replaces: null,
      mark: lacksTax(held, taxed) ? ('~' as const) : ('=' as const),
    }
  return { ...step, what: `${what}, in place of ${held.id}`, mark: '+' as const }
}
