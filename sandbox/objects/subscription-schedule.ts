import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'

type Phase = Stripe.SubscriptionSchedule.Phase

interface Given {
  customer: string
  /** The subscription that it governs already; null: it begins later. */
  subscription: string | null
  phases: Phase[]
  testClock: string | null
}

/** A schedule whose first phase has begun, if there is a subscription. */
export function newSchedule(
  now: number,
  { customer, subscription, phases, testClock }: Given,
): Stripe.SubscriptionSchedule {
  const [phase] = phases
  return {
    id: newId('sub_sched'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: {
      flexible: { proration_discounts: 'included' },
      type: 'flexible',
      updated_at: now,
    },
    canceled_at: null,
    completed_at: null,
    created: now,
    current_phase:
      subscription && phase ? { start_date: phase.start_date, end_date: phase.end_date } : null,
    customer,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null },
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: subscription ? 'active' : 'not_started',
    subscription,
    test_clock: testClock,
  }
}

interface NewPhaseItem {
  price: string
  quantity: number
  discounts?: PhaseDiscount[]
  metadata?: Record<string, string>
}

/** What a phase, or an item of it, says of a discount: exactly one of the three is named. */
export interface PhaseDiscount {
  coupon: string | null
  discount: string | null
  promotion_code: string | null
}

interface PhaseGiven {
  currency: string
  items: NewPhaseItem[]
  start: number
  end: number
  trialEnd?: number | null
  proration?: Phase['proration_behavior']
  metadata?: Record<string, string>
  discounts?: PhaseDiscount[]
  method?: string | null
  taxRates?: Stripe.TaxRate[]
  tax?: Stripe.SubscriptionSchedule.Phase.AutomaticTax
}

/** A stretch of a schedule during which a subscription holds these prices. */
export function newPhase(given: PhaseGiven): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency: given.currency,
    default_payment_method: given.method ?? null,
    default_tax_rates: given.taxRates ?? [],
    ...(given.tax ? { automatic_tax: given.tax } : {}),
    description: null,
    discounts: given.discounts ?? [],
    end_date: given.end,
    invoice_settings: null,
    items: given.items.map(({ price, quantity, discounts = [], metadata = {} }) => ({
      billing_thresholds: null,
      discounts,
      metadata,
      plan: price,
      price,
      quantity,
      tax_rates: [],
    })),
    metadata: given.metadata ?? {},
    on_behalf_of: null,
    proration_behavior: given.proration ?? 'create_prorations',
    start_date: given.start,
    transfer_data: null,
    trial_end: given.trialEnd ?? null,
  }
}
