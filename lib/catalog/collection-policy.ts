/**
 * What becomes of what an ended subscription leaves behind: unpaid invoices, and money that
 * comes for them all the same. Paying for a subscription that has ended never brings it back at Stripe.
 */
export type CollectionPolicy =
  | {
      /** `void`: as if never asked for. `write_off`: a bad debt in the accounts, which no customer is asked for. */
      openInvoices: 'void' | 'write_off'
      lateMoney: LateMoney
    }
  // An operator who goes on asking for a debt keeps what is paid for it, or gives the plan for it.
  | { openInvoices: 'leave'; lateMoney: Exclude<LateMoney, 'refund'> }

/**
 * `refund`: it is sent back. `restart`: it pays for a first period of the same plan, on a new
 * subscription; where that cannot be, it is sent back. `keep`: a person decides. Whichever it is, the
 * customer and the operators are written to.
 */
export type LateMoney = 'refund' | 'restart' | 'keep'

/** docs/decisions/0027 has the reasons. A change holds for what ends or arrives from then on. */
export const COLLECTION_POLICY: CollectionPolicy = { openInvoices: 'void', lateMoney: 'refund' }
