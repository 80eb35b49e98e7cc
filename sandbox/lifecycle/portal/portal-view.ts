import type Stripe from 'stripe'

/** Amounts are integer minor units; instants are Unix seconds of the sandbox's clock. */
export interface PortalView {
  businessName: string
  headline: string | null
  privacyPolicyUrl: string | null
  termsOfServiceUrl: string | null
  returnUrl: string | null
  customer: {
    id: string
    email: string | null
    name: string | null
    phone: string | null
    address: Stripe.Address | null
    taxIds: { id: string; type: string; value: string }[]
  }
  features: PortalFeatures
  /** The one thing this session was opened for, or null for the whole portal. */
  flow: PortalFlow | null
  /** Everything that has not ended, newest first. */
  subscriptions: PortalSubscription[]
  paymentMethod: {
    id: string
    brand: string
    last4: string
    /** Null for what does not expire, such as a bank account. */
    expires: { month: number; year: number } | null
  } | null
  /** Finalized invoices, newest first; empty when the configuration hides them. */
  invoices: PortalInvoice[]
  now: number
}

export interface PortalFeatures {
  cancel: { enabled: boolean; mode: 'at_period_end' | 'immediately'; reasons: string[] }
  changePlan: boolean
  pause: boolean
  paymentMethod: boolean
  invoices: boolean
  customerUpdate: { enabled: boolean; allowed: string[] }
}

export interface PortalFlow {
  type: string
  subscription: string | null
  /** For subscription_update_confirm: the price asked for. */
  price: string | null
  after: {
    type: 'portal_homepage' | 'redirect' | 'hosted_confirmation'
    returnUrl: string | null
    message: string | null
  }
}

export interface PortalPlan {
  price: string
  productName: string
  /** What a period of it costs, at the quantity that it is shown for. */
  amount: number
  /** Whether it is paid afterwards, by what was used. */
  metered: boolean
  currency: string
  interval: 'day' | 'week' | 'month' | 'year'
  intervalCount: number
}

export interface PortalSubscription {
  id: string
  status: string
  plan: PortalPlan
  quantity: number
  currentPeriodEnd: number
  /**
   * What its next invoice asks for, after discounts, taxes and credit, and when it is paused that
   * of its resumption; null when there is none to come.
   */
  renewal: { amount: number; credit: number; carried: number } | null
  /** What is taken off its invoices, and until when; null: for ever, or of the next one. */
  discounts: { words: string; until: number | null }[]
  /** Within what the subscriber may change the quantity; null: not at all. */
  adjusts: { minimum: number; maximum: number } | null
  trialEnd: number | null
  /** When it will end, whichever way it was canceled; null when it goes on. */
  cancelAt: number | null
  /** Whether it can be paused as it is now. */
  pausable: boolean
  /** When it resumes by itself, if it is paused; null when the subscriber has to resume it. */
  resumesAt: number | null
  /** A change that waits for the end of the period. */
  scheduled: { plan: PortalPlan; at: number } | null
  /** The other prices that the configuration lets this subscription change to. */
  choices: PortalPlan[]
}

export interface PortalInvoice {
  id: string
  number: string | null
  created: number
  description: string | null
  total: number
  currency: string
  status: string
  hostedUrl: string | null
}
