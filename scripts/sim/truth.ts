import type { CheckoutSessionId, CustomerId, SubscriptionId, UserId } from '@/lib/ids'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { snapshotOf } from '@/lib/sync/scripted-stripe.fixture'
import type { Random } from './random'

export type Emitted = {
  type: string
  customerId: CustomerId
  objectId: string
  attempt: number | null
}

const DAY = 86_400_000

/** What is true at Stripe about one customer, and what Stripe says when it changes. */
export class Truth {
  readonly customerId: CustomerId
  readonly userId: UserId
  /** Counts changes; a read is as new as the version it saw. */
  version = 0
  deleted = false
  /** Every fact that happened, by its natural key. */
  readonly facts = new Set<string>()
  readonly #name: string
  readonly #random: Random
  readonly #all: SubscriptionSnapshot[] = []
  #invoices = 0

  /** A customer who has never bought. `name` makes ids that no other history has. */
  constructor(name: string, userId: UserId, random: Random) {
    this.#name = name
    this.customerId = `cus_${name}`
    this.userId = userId
    this.#random = random
  }

  /** A deleted customer takes its subscriptions along. */
  subscriptions(): SubscriptionSnapshot[] {
    return this.deleted ? [] : [...this.#all]
  }

  customer(): CustomerSnapshot {
    const { customerId: id, userId, deleted } = this
    const metadata = deleted
      ? { app: null, env: null, userId: null }
      : { app: 'ledgerline', env: 'test', userId }
    return { id, deleted, metadata }
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
        this.#edit(at, { tier: random.pick(['pro', 'studio']) })
        return [this.#say('customer.subscription.updated', id), this.#pay(null)]
      case 1:
        this.#edit(at, { cancelAt: living.cancelAt ? null : new Date(now + 20 * DAY) })
        return [this.#say('customer.subscription.updated', id)]
      case 2:
        this.#edit(at, { status: 'past_due', latestInvoice: UNPAID })
        return [this.#pay(random.between(1, 3)), this.#say('customer.subscription.updated', id)]
      case 3:
        this.#edit(at, { status: 'active', latestInvoice: null })
        return [this.#pay(null), this.#say('customer.subscription.updated', id)]
      case 4:
        this.#edit(at, { status: 'canceled', endedAt: new Date(now), cancelAt: null })
        return [this.#say('customer.subscription.deleted', id)]
      case 5:
        this.#edit(at, { status: random.pick(['paused', 'unpaid', 'active']) })
        return [this.#say('customer.subscription.updated', id)]
      default:
        // Somebody makes a price in the dashboard and tells nobody.
        this.#edit(at, { tier: null, priceId: 'price_mystery' })
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

  /** An operator gives the prices that people wait for their tier, and no event tells of it. */
  namePrices(): void {
    for (const [at, { items, status }] of this.#all.entries()) {
      // A paused one is read again when it resumes.
      if (items[0]?.metadataTier !== null || !GRANTS.has(status)) continue
      this.version += 1
      this.#edit(at, { tier: 'pro' })
    }
  }

  #subscribe(now: number): Emitted[] {
    const id: SubscriptionId = `sub_${this.#name}_${this.#all.length + 1}`
    const periodEnd = new Date(now + 30 * DAY)
    const tier = this.#random.pick(['pro', 'studio'])
    const { customerId } = this
    this.#all.push(snapshotOf({ id, customerId, tier, created: new Date(now), periodEnd }))
    return [
      ...(this.#all.length === 1
        ? [this.#say('checkout.session.completed', sessionOf(this.#name))]
        : []),
      this.#say('customer.subscription.created', id),
      this.#pay(null),
    ]
  }

  #edit(at: number, fields: NonNullable<Parameters<typeof snapshotOf>[0]>): void {
    const { items = [], ...old } = this.#all[at] ?? {}
    const [item] = items
    if (!item) return
    const { metadataTier: tier, priceId, currentPeriodEnd: periodEnd } = item
    const price = 'tier' in fields ? {} : { priceId }
    this.#all[at] = snapshotOf({ ...old, tier, ...price, periodEnd, ...fields })
  }

  #pay(attempt: number | null): Emitted {
    this.#invoices += 1
    const objectId = `in_${this.#name}_${this.#invoices}`
    const type = attempt === null ? 'invoice.paid' : 'invoice.payment_failed'
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

// One day for all: since when a debt stands is the one thing that our books remember by themselves.
const UNPAID: SubscriptionSnapshot['latestInvoice'] = {
  id: 'in_0',
  status: 'open',
  finalizedAt: new Date('2026-11-20T00:00:00Z'),
  dueDate: null,
  nextPaymentAttempt: null,
}
