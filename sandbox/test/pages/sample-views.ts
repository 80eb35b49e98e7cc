import type { CheckoutView } from '@/sandbox/lifecycle/checkout/checkout-view'
import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'

/** November 23, 2026, 12:00 UTC. */
export const NOW = Date.UTC(2026, 10, 23, 12) / 1000
const DAY = 86_400

/** An open session for Pro, with what a test changes. */
export function sampleCheckout(change: Partial<CheckoutView> = {}): CheckoutView {
  return {
    id: 'cs_test_a1',
    state: 'open',
    mode: 'subscription',
    businessName: 'Ledgerline',
    cancelUrl: 'http://localhost:3000/pricing',
    embedded: null,
    successUrl: 'http://localhost:3000/checkout/return?session_id=cs_test_a1',
    email: 'ana@example.test',
    emailEditable: false,
    currency: 'usd',
    lines: [
      {
        id: 'li_1',
        productName: 'Pro',
        productDescription: 'For one person who bills every month.',
        quantity: 1,
        unitAmount: 1900,
        metered: false,
        amount: 1900,
        interval: 'month',
        intervalCount: 1,
        adjusts: null,
      },
    ],
    dueToday: 1900,
    balance: 0,
    carried: 0,
    acceptsCodes: false,
    discount: null,
    recurring: { amount: 1900, interval: 'month', count: 1, reduced: null, uses: false },
    trial: null,
    collectsCard: true,
    asksTaxId: false,
    addsTaxes: false,
    expiresAt: NOW + DAY,
    now: NOW,
    ...change,
  }
}

/** The same with fourteen days free. */
export function sampleTrial(): CheckoutView {
  return sampleCheckout({ dueToday: 0, trial: { days: 14, endsAt: NOW + 14 * DAY } })
}

/** An active subscription to Pro, with what a test changes. */
export function sampleSubscription(change: Partial<PortalSubscription> = {}): PortalSubscription {
  return {
    id: 'sub_1',
    status: 'active',
    plan: plan('price_pro', 'Pro', 1900),
    quantity: 1,
    renewal: null,
    discounts: [],
    adjusts: null,
    currentPeriodEnd: NOW + 30 * DAY,
    trialEnd: null,
    cancelAt: null,
    pausable: false,
    resumesAt: null,
    scheduled: null,
    choices: [
      { ...plan('price_pro_year', 'Pro', 19_000), interval: 'year' },
      plan('price_studio', 'Studio', 4900),
      { ...plan('price_studio_year', 'Studio', 49_000), interval: 'year' },
    ],
    ...change,
  }
}

const MONTHLY = { currency: 'usd', interval: 'month', intervalCount: 1 } as const

function plan(price: string, productName: string, amount: number): PortalSubscription['plan'] {
  return { ...{ price, productName, amount, metered: false }, ...MONTHLY }
}

/** A portal with one plan, a card and two invoices, with what a test changes. */
export function samplePortal(change: Partial<PortalView> = {}): PortalView {
  return {
    businessName: 'Ledgerline',
    headline: null,
    privacyPolicyUrl: null,
    termsOfServiceUrl: null,
    returnUrl: 'http://localhost:3000/settings/billing',
    customer: {
      id: 'cus_1',
      email: 'ana@example.test',
      name: 'Ana Example',
      phone: null,
      address: null,
      taxIds: [],
    },
    features: {
      cancel: {
        enabled: true,
        mode: 'at_period_end',
        reasons: ['too_expensive', 'missing_features', 'unused', 'other'],
      },
      changePlan: true,
      pause: false,
      paymentMethod: true,
      invoices: true,
      customerUpdate: { enabled: true, allowed: ['email', 'name', 'address'] },
    },
    flow: null,
    subscriptions: [sampleSubscription()],
    paymentMethod: { id: 'pm_1', brand: 'visa', last4: '4242', expires: { month: 12, year: 2029 } },
    invoices: [
      invoice('in_2', '0002', NOW, 'paid'),
      invoice('in_1', '0001', NOW - 30 * DAY, 'open'),
    ],
    now: NOW,
    ...change,
  }
}

function invoice(id: string, tail: string, created: number, status: string) {
  const number = `LL7A2F-${tail}`
  return {
    id,
    number,
    created,
    description: '1 × Pro (at $19.00 / month)',
    total: 1900,
    currency: 'usd',
    status,
    hostedUrl: null,
  }
}
