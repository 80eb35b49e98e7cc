import { BRAND } from '@/lib/brand'
import type {
  ChargeId,
  CheckoutSessionId,
  CustomerId,
  SubscriptionId,
  WorkspaceId,
} from '@/lib/ids'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { NO_METADATA, snapshotOf } from '@/lib/sync/scripted-stripe.fixture'
import type { Shop } from './price-model'
import type { Random } from './random'
import { UNPAID } from './unpaid-invoice'

/** What Stripe says of a change, as far as an envelope shows it. */
export type Emitted = {
  type: string
  customerId: CustomerId | null
  objectId: string | null
  attempt: number | null
  objectType?: string
  chargeId?: ChargeId
}

const DAY = 86_400_000

/** What is true at Stripe about one customer, and what Stripe says when it changes. */
export class StripeModel {
  readonly customerId: CustomerId
  readonly workspaceId: WorkspaceId
  /** Counts changes; a read is as new as the version it saw. */
  version = 0
  deleted = false
  /** Whether its metadata name its workspace: support may add them after it was made by hand. */
  named = true
  /** … and did so after some time in which no email could be written. */
  namedLate = false
  /** Every fact that happened, by its natural key. */
  readonly facts = new Set<string>()
  /** Invoices that are not paid yet. */
  readonly open = new Set<string>()
  readonly #name: string
  readonly #random: Random
  readonly #all: SubscriptionSnapshot[] = []
  readonly #shop: Shop
  #invoices = 0
  #troubles = 0

  /** A customer who has never bought. `name` makes ids that no other history has. */
  constructor(name: string, workspaceId: WorkspaceId, random: Random, shop: Shop) {
    this.#name = name
    this.#shop = shop
    this.customerId = `cus_${name}`
    this.workspaceId = workspaceId
    this.#random = random
  }

  /** A deleted customer takes its subscriptions along. */
  subscriptions(): SubscriptionSnapshot[] {
    return this.deleted ? [] : [...this.#all]
  }

  customer(): CustomerSnapshot {
    const { customerId: id, workspaceId, deleted } = this
    const ours = this.named && !deleted && { app: BRAND.stripe.app, env: 'test', workspaceId }
    return { id, deleted, metadata: { ...NO_METADATA, ...ours } }
  }

  /** Support writes into its metadata whose it is. */
  name(): Emitted[] {
    if (this.named || this.deleted) return []
    this.named = true
    this.namedLate = true
    this.version += 1
    return [this.#say('customer.updated', this.customerId)]
  }

  /** One thing that a customer, a bank or an operator does. */
  change(now: number): Emitted[] {
    this.version += 1
    const at = this.#all.findLastIndex(({ endedAt }) => !endedAt)
    const living = this.#all[at]
    if (!living) return this.#subscribe(now)
    const { id } = living
    const random = this.#random
    switch (random.between(0, 6)) {
      case 0:
        this.#edit(at, {}, random.pick([this.#shop.pro, this.#shop.studio]))
        return [this.#say('customer.subscription.updated', id), this.#pay(null)]
      case 1:
        this.#edit(at, { cancelAt: living.cancelAt ? null : new Date(now + 20 * DAY) })
        return [this.#say('customer.subscription.updated', id)]
      case 2:
        this.#edit(at, { status: 'past_due', invoices: [UNPAID] })
        return [this.#pay(random.between(1, 3)), this.#say('customer.subscription.updated', id)]
      case 3:
        this.#edit(at, { status: 'active', invoices: [] })
        this.open.clear()
        return [this.#pay(null), this.#say('customer.subscription.updated', id)]
      case 4:
        this.#edit(at, { status: 'canceled', endedAt: new Date(now), cancelAt: null })
        return [this.#say('customer.subscription.deleted', id)]
      case 5:
        this.#edit(at, { status: random.pick(['paused', 'unpaid', 'active']) })
        return [this.#say('customer.subscription.updated', id)]
      default:
        // Support moves them to a price from the dashboard, or to a plan from long ago.
        this.#edit(at, {}, random.chance(0.9) ? this.#shop.unknownPrice : this.#shop.plan)
        return [this.#say('customer.subscription.updated', id)]
    }
  }

  /** Support deletes the customer: its subscriptions end with it, and each says so. */
  delete(): Emitted[] {
    this.version += 1
    this.deleted = true
    const ended = this.#all.filter(({ endedAt }) => !endedAt)
    return [
      ...ended.map(({ id }) => this.#say('customer.subscription.deleted', id)),
      this.#say('customer.deleted', this.customerId),
    ]
  }

  /** Money that was paid is disputed, refunded or warned of, and Stripe names nothing but the charge. */
  dispute(now: number): Emitted[] {
    const random = this.#random
    const chargeId: ChargeId = `ch_${this.#name}_${random.between(1, 2)}`
    // Now and then a buyer without an account, who paid once.
    const whose = this.#shop.charges.get(chargeId)
    if (whose === undefined) {
      this.#shop.charges.set(chargeId, random.chance(0.1) ? null : this.customerId)
    }
    this.#troubles += 1
    const type = random.pick(['charge.dispute.created', 'refund.created', 'refund.failed'])
    const objectId = `${type.startsWith('refund') ? 're' : 'dp'}_${this.#name}_${this.#troubles}`
    this.facts.add(`${type}:${objectId}`)
    const about = { type, customerId: null, objectId, attempt: null, chargeId }
    // A setting of the account: a dispute ends the subscription.
    const at = this.#all.findLastIndex(({ endedAt }) => !endedAt)
    const living = this.#all[at]
    if (!living || !random.chance(0.3)) return [about]
    this.version += 1
    this.#edit(at, { status: 'canceled', endedAt: new Date(now), cancelAt: null })
    return [about, this.#say('customer.subscription.deleted', living.id)]
  }

  /** An event that counts as a fact and names none: without its object, or about a charge of another account. */
  unrecordable(): Emitted {
    this.#troubles += 1
    const attempt = null
    if (this.#random.chance(0.5)) {
      return { type: 'invoice.voided', customerId: this.customerId, objectId: null, attempt }
    }
    const chargeId: ChargeId = `ch_${this.#name}_elsewhere`
    const objectId = `re_${this.#name}_${this.#troubles}`
    return { type: 'refund.created', customerId: null, objectId, attempt, chargeId }
  }

  /** Support moves them to another price. */
  move(priceId: string): Emitted[] {
    const at = this.#all.findLastIndex(({ endedAt }) => !endedAt)
    const living = this.deleted ? undefined : this.#all[at]
    if (!living) return []
    this.version += 1
    this.#edit(at, {}, priceId)
    return [this.#say('customer.subscription.updated', living.id)]
  }

  /** The prices say what they say now; what has ended stays as it was. */
  reprice(): void {
    for (const [at, { endedAt }] of this.#all.entries()) if (!endedAt) this.#edit(at, {})
    this.version += 1
  }

  /** Whether this customer waits for the tier of this price, and will be read again until it has one. */
  isWaiting(priceId: string): boolean {
    return this.subscriptions().some(
      ({ items, status }) => items[0]?.priceId === priceId && GRANTS.has(status),
    )
  }

  /** Whether this customer has a subscription at this price. */
  holds(priceId: string): boolean {
    return this.subscriptions().some(
      ({ items, endedAt }) => items[0]?.priceId === priceId && !endedAt,
    )
  }

  #subscribe(now: number): Emitted[] {
    const id: SubscriptionId = `sub_${this.#name}_${this.#all.length + 1}`
    const periodEnd = new Date(now + 30 * DAY)
    const priceId = this.#random.pick([this.#shop.pro, this.#shop.studio])
    const { customerId } = this
    const snapshot = snapshotOf({ id, customerId, created: new Date(now), periodEnd })
    this.#all.push(snapshot)
    this.#edit(this.#all.length - 1, {}, priceId)
    return [
      ...(this.#all.length === 1
        ? [this.#say('checkout.session.completed', sessionOf(this.#name))]
        : []),
      this.#say('customer.subscription.created', id),
      this.#pay(null),
    ]
  }

  #edit(at: number, fields: Partial<SubscriptionSnapshot>, priceId?: string): void {
    const old = this.#all[at]
    const item = old?.items[0]
    if (item) this.#all[at] = { ...old, ...fields, items: [this.#shop.shown(item, priceId)] }
  }

  #pay(attempt: number | null): Emitted {
    this.#invoices += 1
    const objectId = `in_${this.#name}_${this.#invoices}`
    const type = attempt === null ? 'invoice.paid' : 'invoice.payment_failed'
    if (attempt !== null) this.open.add(objectId)
    this.facts.add(attempt === null ? `${type}:${objectId}` : `${type}:${objectId}:${attempt}`)
    return { ...this.#say(type, objectId), attempt }
  }

  #say(type: string, objectId: string): Emitted {
    return { type, customerId: this.customerId, objectId, attempt: null }
  }
}

const GRANTS = new Set<SubscriptionSnapshot['status']>(['active', 'past_due'])

/** The checkout that a customer's first subscription comes from. */
export function sessionOf(name: string): CheckoutSessionId {
  return `cs_${name}`
}
