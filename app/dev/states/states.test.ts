import { expect, test } from 'vitest'
import { nextChargeTitle } from '@/app/settings/billing/next-charge-title'
import { isLive, neverBegan } from '@/app/settings/billing/plan-state'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { statusWord } from '@/app/settings/billing/status-words'
import { summaryRows } from '@/app/settings/billing/summary-rows'
import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import type { NextCharge } from '@/lib/charge'
import { formatDay } from '@/lib/day'
import { addsUp } from './adds-up.fixture'
import { STATES } from './fixtures'
import { BASIC } from './subscribers'

// The day on which the gallery looks at all of them.
const TODAY = BASIC.asOf ?? expect.unreachable('The states have no day.')

// In these Stripe makes invoices that it charges.
const CHARGED: readonly Billing['status'][] = ['active', 'trialing', 'past_due', 'processing']

const chargeIn = ({ next }: Billing): NextCharge | null =>
  next.kind === 'charge' ? next.charge : null
const textOf = (b: Billing) =>
  stateStrips(b)
    .map(({ title, detail }) => `${title} ${detail}`)
    .join('\n')

/** What holds of every state that the gallery shows, as it holds of what the pages read. */
const RULES: Record<string, (b: Billing) => boolean> = {
  'a status that charges nothing has no next charge': (b) =>
    CHARGED.includes(b.status) || (b.next.kind === 'nothing' && nextChargeTitle(b) === null),
  'nothing is charged on or after the day on which it ends': (b) =>
    !b.cancelAt || (chargeIn(b)?.at ?? new Date(0)) < b.cancelAt,
  'nothing is charged while collection is paused': (b) =>
    !b.collectionPaused ||
    b.next.kind === 'nothing' ||
    (b.collectionPaused.resumesAt !== null &&
      (chargeIn(b)?.at ?? TODAY) >= b.collectionPaused.resumesAt),
  'what is to come is in the future': (b) =>
    [
      chargeIn(b)?.at,
      b.next.kind === 'charge' ? b.next.coming?.at : null,
      b.open?.nextAttempt,
      b.usage.resetsAt,
      b.collectionPaused?.resumesAt,
      ...(isLive(b) ? [b.currentPeriodEnd, b.cancelAt, b.trialEnd] : []),
      ...(b.access === 'grace' ? [b.graceUntil] : []),
      ...b.others.map(({ currentPeriodEnd }) => currentPeriodEnd),
    ].every((day) => !day || day > TODAY),
  'no strip waits for a day that is over': (b) =>
    [...textOf(b).matchAll(/(?:usually|answers) by (\w+ \d+, \d{4})/g)].every(
      ([, day]) => new Date(`${day} UTC`) > TODAY,
    ),
  'what has happened is in the past': (b) =>
    [b.endedAt, b.pastDueSince, b.money.owedSince, b.open?.processingSince, b.asOf].every(
      (day) => !day || day <= TODAY,
    ),
  'what has ended has a day of its end, and nothing else has': (b) =>
    (b.status === 'canceled') === (b.endedAt !== null),
  'who has no access is on the free plan, and no one else': (b) =>
    (b.access === 'none') === (b.tier === FREE.tier),
  'a trial is charged at its end, what its strip says': (b) => {
    const charge = chargeIn(b)
    if (b.status !== 'trialing' || !charge) return true
    const { trialEnding, trialEnd } = b
    return (
      charge.at.getTime() === trialEnd?.getTime() &&
      charge.withoutCard === (trialEnding?.withoutCard ?? null) &&
      charge.due === trialEnding?.charge?.amount
    )
  },
  'where there is no card, none is charged': (b) => {
    const charge = chargeIn(b)
    return !charge?.withoutCard || charge.paidWith === null
  },
  'a charge adds up': addsUp,
  'a plan renews on the day of its next charge': (b) => {
    const charge = chargeIn(b)
    if (b.status !== 'active' || !charge) return true
    return charge.at.getTime() === b.currentPeriodEnd?.getTime()
  },
  'a payment that the strip announces is the next charge': (b) => {
    const day = /next payment is asked for on ([^.]*20\d\d)/.exec(textOf(b))?.[1]
    const charge = chargeIn(b)
    return day === undefined || (charge !== null && formatDay(charge.at) === day)
  },
  'a strip that says that nothing more is charged stands beside no next charge': (b) =>
    !/not be charged( again)?\.|were not charged/.test(textOf(b)) || b.next.kind === 'nothing',
  'a first payment that is open is not one of a renewal': (b) =>
    b.status !== 'incomplete' ||
    (b.open?.billingReason === 'subscription_create' && b.open.nextAttempt === null),
  'what never began is called so, costs nothing and renews on no day': (b) => {
    if (!neverBegan(b) && !(b.status === 'canceled' && b.money.owes === 'first')) return true
    const labels = summaryRows(b).map(({ label }) => label)
    return (
      statusWord(b).word === 'Never started' &&
      !labels.some((label) => /^(Renews|Ends|Billed|Last plan|Payment due)/.test(label))
    )
  },
}

test.each(Object.entries(RULES))('%s, in every state', (_rule, holds) => {
  expect(STATES.filter(({ billing }) => !holds(billing)).map(({ name }) => name)).toEqual([])
})
