/** Amounts are integer minor units of `currency`; instants are Unix seconds of the sandbox's clock. */
export interface CheckoutView {
  id: string
  state: 'open' | 'complete' | 'expired'
  mode: 'subscription' | 'payment' | 'setup'
  businessName: string
  /** Where "back" leads; null when the session has no cancel_url. */
  cancelUrl: string | null
  /**
   * Where it stands in an iframe: its secret, and where the page around it goes when it is paid;
   * null: it gets a message, and stays.
   */
  embedded: { secret: string | null; leads: string | null } | null
  /** Where a finished session leads, with the session id filled in. */
  successUrl: string | null
  email: string | null
  /** False when the customer already has an address: Stripe shows it read-only. */
  emailEditable: boolean
  currency: string
  lines: CheckoutLine[]
  dueToday: number
  /** What the customer's balance adds to it: credit that is used has a minus. */
  balance: number
  /** What is too little to be charged today: it comes with the next invoice. */
  carried: number
  /** Whether the page has a field for promotion codes. */
  acceptsCodes: boolean
  /** What is taken off today's amount, or would be if there were no trial, and for how long. */
  discount: { name: string; amount: number; words: string } | null
  /** What each later period costs; null when nothing recurs. */
  recurring: LaterCharges | null
  trial: { days: number; endsAt: number } | null
  /** False when nothing is due and the session takes a card only if required. */
  collectsCard: boolean
  /** Whether a business may say by which number it is taxed. */
  asksTaxId: boolean
  /** Taxes that are added to what the page shows, by where the buyer is. */
  addsTaxes: boolean
  expiresAt: number
  now: number
}

export interface LaterCharges {
  /** What a period costs for good: once nothing is taken off any more, or with what is taken off for ever. */
  amount: number
  interval: 'day' | 'week' | 'month' | 'year'
  count: number
  /** What the periods that begin before `until` cost, where a discount outlives today. */
  reduced: { amount: number; until: number } | null
  /** Whether what is used is paid on top of it. */
  uses: boolean
}

export interface CheckoutLine {
  id: string
  productName: string
  productDescription: string | null
  quantity: number
  /** What one costs; null where that depends on how many there are. */
  unitAmount: number | null
  /** Whether it is paid afterwards, by what was used. */
  metered: boolean
  amount: number
  interval: 'day' | 'week' | 'month' | 'year' | null
  intervalCount: number
  /** Within what the buyer may change the quantity; null: not at all. */
  adjusts: { minimum: number; maximum: number } | null
}
