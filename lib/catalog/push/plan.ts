import type { PriceId } from '@/lib/ids'
import { formatMoney } from '@/lib/money'
import { portalFingerprint } from '@/lib/stripe/portal-configurations'
import { hidesTax, lacksTax, type PriceSnapshot } from '@/lib/stripe/prices'
import type { Desired, DesiredPrice } from './desired'
import type { Found } from './found'
import { type PackStep, planPack } from './plan-pack'
import { planWebhook, type WebhookStep } from './plan-webhook'
import { portalProducts } from './portal-products'

/** One thing at Stripe: made (+), changed (~) or left as it is (=). */
export type Step = (ProductStep | PriceStep | PackStep | PortalStep | WebhookStep) & {
  mark: Mark
  what: string
}

export type Mark = '+' | '~' | '='

type ProductStep = { noun: 'product'; id: string | null; fields: Desired['products'][number] }
type PriceStep = {
  noun: 'price'
  price: DesiredPrice
  taxed: boolean
  id: PriceId | null
  replaces: PriceSnapshot | null
}
type PortalStep = { noun: 'portal'; id: string | null }

/** What it takes to make Stripe hold `desired`, in the order in which it must be done. */
export function planPush(desired: Desired, found: Found): Step[] {
  const products = desired.products.map((fields) => planProduct(fields, found))
  const prices = desired.prices.map((price) => planPrice(price, found, desired.taxed))
  const known = [...products, ...prices].every((step) => step.id !== null)
  return [
    ...products,
    ...prices,
    ...desired.packs.map((pack) => planPack(pack, found, desired.taxed)),
    planPortal(desired, found, known),
    ...(desired.webhook ? [planWebhook(desired.webhook, found.webhook)] : []),
  ]
}

function planProduct(fields: Desired['products'][number], found: Found) {
  const held = ownProduct(fields.tier, found)
  const what = `product ${fields.name}`
  const step = { noun: 'product' as const, what, fields, id: held?.id ?? null }
  if (!held) return { ...step, mark: '+' as const }
  const same = held.active && held.name === fields.name && held.description === fields.description
  return same ? { ...step, mark: '=' as const } : { ...step, mark: '~' as const }
}

// Of two for one tier, made by hand perhaps, the one that is for sale.
function ownProduct(tier: string, { products }: Found) {
  const own = products.filter((product) => product.tier === tier)
  return own.find(({ active }) => active) ?? own[0]
}

function planPrice(price: DesiredPrice, found: Found, taxed: boolean) {
  const held = found.prices.find(({ lookupKey }) => lookupKey === price.lookupKey)
  const what = `price ${price.lookupKey}, ${formatMoney(price.amount)} a ${price.interval}`
  const step = { noun: 'price' as const, price, taxed, replaces: null }
  if (!held) return { ...step, id: null, mark: '+' as const, what }
  const productId = ownProduct(price.tier, found)?.id
  if (!sameMoney(price, held) || held.productId !== productId || hidesTax(held, taxed)) {
    const instead = `${what}, in place of ${held.id}, which its subscribers keep`
    return { ...step, id: null, replaces: held, mark: '+' as const, what: instead }
  }
  const labeled = held.metadata.app !== null && held.metadata.tier === price.tier
  const same = labeled && !lacksTax(held, taxed)
  return { ...step, id: held.id, mark: same ? ('=' as const) : ('~' as const), what }
}

// None of these can be changed on a price that exists.
function sameMoney({ amount, interval }: DesiredPrice, held: PriceSnapshot): boolean {
  return (
    held.amount?.amount === amount.amount &&
    held.amount.currency === amount.currency &&
    held.interval === interval &&
    held.intervalCount === 1
  )
}

function planPortal(desired: Desired, found: Found, known: boolean) {
  const step = {
    noun: 'portal' as const,
    what: 'portal configuration',
    id: found.portal?.id ?? null,
  }
  if (!found.portal) return { ...step, mark: '+' as const }
  const products = portalProducts(desired, found)
  const same =
    known && portalFingerprint({ ...desired.portal, products }) === found.portal.fingerprint
  return { ...step, mark: same ? ('=' as const) : ('~' as const) }
}
