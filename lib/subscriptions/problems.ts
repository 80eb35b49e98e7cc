import type { SuspectSubscription } from '@/db/queries/subscription-problems'
import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import { formatDay } from '@/lib/day'
import { allowedUntil } from '@/lib/entitlements/access'
import { duplicatesOf } from '@/lib/entitlements/duplicates'
import { isUnstarted } from '@/lib/entitlements/unstarted'

export type Problem = { what: string; next: string }

/**
 * What is unusual about living subscriptions, and what an operator can do. A subscription can have more
 * than one problem; that it is a second one shows only beside the first. `now`: business time.
 */
export function subscriptionProblems(
  suspects: readonly SuspectSubscription[],
  { now, policy = ACCESS_POLICY }: { now: Date; policy?: AccessPolicy },
): Problem[] {
  const customers = new Set(suspects.map(({ customerId }) => customerId))
  const seconds = new Set(
    [...customers].flatMap((id) => duplicatesOf(suspects.filter((one) => one.customerId === id))),
  )
  return suspects.flatMap((one) => {
    const allows = whatItAllows(one, policy, now)
    return [
      ...paused(one, allows),
      ...unknown(one),
      ...moneyGone(one, allows, policy),
      ...(seconds.has(one) ? [second(one)] : []),
    ]
  })
}

function whatItAllows(one: SuspectSubscription, policy: AccessPolicy, now: Date): string {
  const until = allowedUntil(one, policy)
  if (until === 'open_end') return 'Its plan goes on.'
  if (until === null || until <= now) return 'It grants nothing.'
  return `It grants its plan until ${formatDay(until)}.`
}

function paused(one: SuspectSubscription, allows: string): Problem[] {
  if (!one.collectionPaused) return []
  const until = one.collectionResumesAt
    ? `until ${formatDay(one.collectionResumesAt)}`
    : 'and nothing says until when'
  return [
    {
      what: `${nameOf(one)}: collection is paused ${until}. ${allows}`,
      next: 'Stripe goes on making invoices and charges none. Resume collection there, or cancel it.',
    },
  ]
}

function unknown(one: SuspectSubscription): Problem[] {
  if (one.status === 'unknown') {
    return [
      {
        what: `${nameOf(one)}: Stripe gives it a status that this version does not know.`,
        next: 'It grants nothing until then: update the application.',
      },
    ]
  }
  if (one.tier !== null) return []
  return [
    {
      what: `${nameOf(one)}: its price ${one.priceId ?? 'is none, which'} belongs to no plan.`,
      next: 'Give the price or its product metadata.tier at Stripe, or name it in the environment. Until then a customer who had a plan by this subscription keeps it, and one who has just bought has none.',
    },
  ]
}

function moneyGone(one: SuspectSubscription, allows: string, policy: AccessPolicy): Problem[] {
  if (isUnstarted(one)) {
    const own = policy.failedFirstPayment === 'cancel'
    return [
      {
        what: `${nameOf(one)}: its first payment never arrived, and Stripe calls it ${one.status}. ${allows}`,
        next: own
          ? 'We cancel it at Stripe, unless some money came for it: then that is yours to refund and end.'
          : 'Cancel it at Stripe, or it bills for the next period.',
      },
    ]
  }
  const back = BACK[one.payment]
  if (!back) return []
  return [
    {
      what: `${nameOf(one)}: ${back} ${allows}`,
      next: 'If it is over, cancel it at Stripe: it bills for the next period.',
    },
  ]
}

const BACK: Partial<Record<SuspectSubscription['payment'], string>> = {
  refunded: 'all that its period cost was refunded.',
  dispute_lost: 'a dispute took back what its period cost.',
}

function second({ id, customerId }: SuspectSubscription): Problem {
  return {
    what: `${id} is a second living subscription of ${customerId}: both charge.`,
    next: 'Ask which one its owner wants; cancel and refund the other.',
  }
}

function nameOf({ id, customerId }: SuspectSubscription): string {
  return `${id} of ${customerId}`
}
