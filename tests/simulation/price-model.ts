import type { PricedAs } from '@/lib/catalog/tier-for-price'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { Target } from '@/lib/events/target'
import type { ChargeId, CustomerId } from '@/lib/ids'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

type Item = SubscriptionSnapshot['items'][number]
type Word = string | null

/** What stands at Stripe beside customers: one product with its prices, a plan from before prices, and charges. */
export class Shop {
  readonly productId: `prod_${string}`
  readonly pro: string
  readonly studio: string
  /** A price that was made in the dashboard, and that says no tier. */
  readonly unknownPrice: string
  /** No event about it can be followed: its id has no form. */
  readonly plan: string
  /** Counts what prices and product have said. */
  version = 0
  /** Whose each charge is; null when a passer-by paid once. */
  readonly charges = new Map<ChargeId, CustomerId | null>()
  readonly #words: Map<string, Word>
  #productWord: Word = null

  constructor(name: string) {
    this.productId = `prod_${name}`
    this.pro = `price_${name}_pro`
    this.studio = `price_${name}_studio`
    this.unknownPrice = `price_${name}_unknown`
    this.plan = `plan_${name}`
    this.#words = new Map([
      [this.pro, SMALL],
      [this.studio, GREAT],
      [this.unknownPrice, null],
      [this.plan, SMALL],
    ])
  }

  /** Lets a price say another tier. */
  label(priceId: string): void {
    this.version += 1
    this.#words.set(priceId, other(this.#words.get(priceId) ?? null))
  }

  /** Lets the product say another tier: it speaks for the prices that say none. */
  labelProduct(): void {
    this.version += 1
    this.#productWord = other(this.#productWord)
  }

  /** Whether a subscriber of this price would wait for its tier. */
  isUnknown(priceId: string | undefined): boolean {
    return (this.#words.get(priceId ?? '') ?? this.#productWord) === null
  }

  /** An item as Stripe shows it now. */
  shown(item: Item, priceId = item.priceId): Item {
    const { productId } = this
    const metadataTier = this.#words.get(priceId) ?? null
    return { ...item, priceId, productId, metadataTier, productMetadataTier: this.#productWord }
  }

  pricesOf(target: Extract<Target, { kind: 'price' | 'product' }>): PricedAs[] {
    const ids = [this.pro, this.studio, this.unknownPrice]
    return ids
      .filter((id) => target.kind === 'product' || id === target.id)
      .map((id) => ({
        id,
        lookupKey: null,
        metadataTier: this.#words.get(id) ?? null,
        productMetadataTier: this.#productWord,
      }))
  }
}

function other(word: Word): string {
  return word === SMALL ? GREAT : SMALL
}
