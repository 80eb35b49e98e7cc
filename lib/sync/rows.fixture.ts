import type {
  Claim,
  CustomerRow,
  EntitlementRow,
  OverrideRow,
  SubscriptionRow,
} from '@/db/queries/claim'
import type { SeenCustomer } from '@/db/queries/ledger'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { BilledInvoice, BilledLine } from '@/lib/stripe/billed-invoice'
import type { SubscriptionItemSnapshot } from '@/lib/stripe/subscription-item'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

// What tests say about a customer, in as few words as the case needs: everything else is a
// subscriber of Pro, paid monthly, in the middle of a period.

export const NOW = new Date('2026-11-23T12:00:00Z')
export const CUSTOMER = 'cus_ada'
export const USER = '0000ada0-0000-4000-8000-000000000000'
export const WORKSPACE = personalWorkspaceOf(USER)
export const NO_PRICES = {}
/** What a mirror is made with: no price is configured, and it is NOW. */
export const CONTEXT = { prices: NO_PRICES, now: NOW }

/** An instant so many days from NOW. */
export function day(days: number): Date {
  return new Date(NOW.getTime() + days * 86_400_000)
}

/** One item of a subscription as Stripe shows it. */
export function item(over: Partial<SubscriptionItemSnapshot> = {}): SubscriptionItemSnapshot {
  return {
    id: 'si_1',
    priceId: 'price_pro',
    productId: 'prod_pro',
    lookupKey: PLANS[SMALL].lookupKeys.month,
    interval: 'month',
    intervalCount: 1,
    unitAmount: 1900,
    exactAmount: 1900,
    currency: 'usd',
    quantity: 1,
    metadataTier: SMALL,
    productMetadataTier: null,
    currentPeriodStart: day(-10),
    currentPeriodEnd: day(20),
    ...over,
  }
}

/** The invoice that a period of it was paid with. */
export function invoice(over: Partial<BilledInvoice> = {}): BilledInvoice {
  return {
    id: 'in_1',
    subscriptionId: 'sub_1',
    status: 'paid',
    reason: 'renewal',
    skipped: false,
    sent: false,
    created: day(-10),
    finalizedAt: day(-10),
    dueDate: null,
    total: 1900,
    paid: 1900,
    missing: 0,
    carried: 0,
    credit: { before: 0, after: 0 },
    share: 1,
    lines: [line()],
    reversed: null,
    ...over,
  }
}

export function line(over: Partial<BilledLine> = {}): BilledLine {
  return {
    priceId: 'price_pro',
    amount: 1900,
    quantity: 1,
    proration: false,
    from: day(-10),
    until: day(20),
    ...over,
  }
}

/** A subscription as Stripe shows it. */
export function snapshot(over: Partial<SubscriptionSnapshot> = {}): SubscriptionSnapshot {
  return {
    id: 'sub_1',
    customerId: CUSTOMER,
    status: 'active',
    items: [item()],
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    trialStart: null,
    trialEnd: null,
    created: day(-10),
    pauseCollection: null,
    discounts: [],
    invoices: [invoice()],
    formerPrices: [],
    metadata: { app: BRAND.stripe.app, env: 'test' },
    scheduleId: null,
    ...over,
  }
}

/** The same subscription in our records. */
export function row(over: Partial<SubscriptionRow> = {}): SubscriptionRow {
  return {
    id: 'sub_1',
    customerId: CUSTOMER,
    status: 'active',
    tier: SMALL,
    interval: 'month',
    priceId: 'price_pro',
    unitAmount: 1900,
    currency: 'usd',
    quantity: 1,
    currentPeriodStart: day(-10),
    currentPeriodEnd: day(20),
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    trialEnd: null,
    pastDueSince: null,
    payment: 'settled',
    owes: null,
    owedSince: null,
    dueAt: null,
    changeUnpaid: false,
    coveredTier: null,
    paidThrough: day(20),
    collectionPaused: false,
    collectionResumesAt: null,
    stripeCreatedAt: day(-10),
    fence: 1,
    syncedAt: day(-10),
    ...over,
  }
}

/** What the records say that Ada may use. */
export function entitlement(over: Partial<EntitlementRow> = {}): EntitlementRow {
  return {
    workspaceId: WORKSPACE,
    tier: SMALL,
    earnedTier: SMALL,
    status: 'active',
    access: 'full',
    features: [...PLANS[SMALL].features],
    limits: { monthlyUses: PLANS[SMALL].monthlyUses },
    subscriptionId: 'sub_1',
    validUntil: day(34),
    reason: 'sub_1 is active on price_pro.',
    fence: 1,
    computedAt: day(-10),
    ...over,
  }
}

/** Access that an operator gave by hand. */
export function override(over: Partial<OverrideRow> = {}): OverrideRow {
  return {
    workspaceId: WORKSPACE,
    kind: 'plan',
    name: '',
    effect: 'grant',
    tier: GREAT,
    amount: null,
    reason: 'Conference speaker',
    actor: { type: 'system', job: 'grant by ops' },
    expiresAt: day(30),
    revokedAt: null,
    createdAt: day(-1),
    ...over,
  }
}

export function customer(over: Partial<CustomerRow> = {}): CustomerRow {
  return {
    id: CUSTOMER,
    workspaceId: WORKSPACE,
    livemode: false,
    createdAt: day(-20),
    deletedAt: null,
    claimedWorkspaceId: WORKSPACE,
    conflict: null,
    missingAt: null,
    doubtedAt: null,
    erasedAt: null,
    ...over,
  }
}

/** What a look at Ada's customer itself shows. */
export function seenCustomer(over: Partial<SeenCustomer> = {}): SeenCustomer {
  return {
    id: CUSTOMER,
    livemode: false,
    claimedWorkspaceId: WORKSPACE,
    deletedAt: null,
    missing: false,
    actor: { type: 'system', job: 'test' },
    ...over,
  }
}

/** The right to read Ada's customer now; her records are empty. */
export function claim(over: Partial<Claim> = {}): Claim {
  return {
    key: CUSTOMER,
    fence: 7,
    seq: 3,
    waitMs: 0,
    attempts: 0,
    customer: customer(),
    superseded: false,
    subscriptions: [],
    entitlement: null,
    overrides: [],
    events: [],
    ...over,
  }
}
