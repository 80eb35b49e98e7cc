/** An invoice that Stripe would make, as it would be. Amounts in minor units of `currency`. */
export type InvoicePreview = {
  currency: string
  /** When it is made. A renewal's card is charged about an hour later. */
  at: Date
  /** All of them add up to what is asked for before discounts. */
  lines: PreviewLine[]
  discounts: PreviewDiscount[]
  tax: {
    /** On top of the prices. */
    added: number
    /** Contained in them. */
    included: number
    /** Stripe does not know where the customer lives, so tax may come on top. */
    isUnknown: boolean
  }
  /** After discounts and taxes; below zero where more is given back than asked for. */
  total: number
  /** What the customer's balance adds to the total: credit that is used has a minus. */
  balance: number
  /** What is too little to be charged now: it is owed with the next invoice. */
  carried: number
  /** What is charged. */
  due: number
}

export type PreviewLine = {
  /** Stripe's words, such as `3 × Pro (at $19.00 / month)`; null for what it did not list. */
  text: string | null
  amount: number
  /** For a part of a period, because something was or is changed in it. */
  isProration: boolean
}

export type PreviewDiscount = {
  /** Positive: what is taken off. */
  amount: number
  /** The coupon's name; null where it has none. */
  name: string | null
  percent: number | null
  /** `once`: this invoice alone. `until`: also those that are made before a day. */
  lasts: 'once' | 'forever' | { until: Date }
}

/** What Stripe charges, as its owner knows it. */
export type PaidWith =
  // `expiresAt`: the first instant at which it is not valid any more.
  | { kind: 'card'; brand: string; last4: string; expiresAt: Date | null }
  | { kind: 'bank'; bank: string | null; last4: string | null }
  // Stripe's word for it, such as `link` or `paypal`.
  | { kind: 'other'; type: string }
  // An invoice is sent, and its customer pays it.
  | { kind: 'invoice' }

export type HowPaid = {
  /** Null: there is nothing to charge. */
  paidWith: PaidWith | null
  /** A change that is planned, or that waits for its payment; null where none is. */
  change: ComingChange | null
  /** What the end of a trial does where there is nothing to charge; null where there is. */
  withoutCard: WithoutCard | null
}

/** A plan that is to follow the current one. */
export type ComingChange = {
  /** `planned`: it begins at `at`. `waits`: until then its payment is waited for. */
  kind: 'planned' | 'waits'
  at: Date
  price: {
    id: string
    lookupKey: string | null
    metadataTier: string | null
    productMetadataTier: string | null
  }
  /** As our records keep it, such as `month` or `3 month`; null for a price that is for once. */
  interval: string | null
}

/** What happens at the end of a trial without a card. */
export type WithoutCard = (typeof WITHOUT_CARD)[number]

export const WITHOUT_CARD = ['create_invoice', 'pause', 'cancel'] as const

/** What is charged next, and how it will be paid. */
export type NextCharge = InvoicePreview &
  HowPaid & {
    /**
     * Its invoice is made and is a draft: a renewal's is for about an hour. It is for the period
     * that has begun, and charged whatever is planned for the next.
     */
    isDrafted: boolean
  }
