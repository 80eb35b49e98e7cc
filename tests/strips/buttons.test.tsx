import { Fragment } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { CancelPlan } from '@/app/settings/billing/cancel/cancel-plan'
import { canCancel, isLive } from '@/app/settings/billing/plan-state'
import { type Offered, offerOf } from '@/app/settings/billing/plans/offer-of'
import type { Billing } from '@/lib/billing/billing'
import { INTERVALS, PAID_TIERS, PLANS } from '@/lib/catalog/plans'
import { newUserId } from '@/lib/ids.fixture'
import { PAIRS, type Said, saidOf } from './pairs'

// It brings next-auth along, which only a bundler resolves.
vi.mock('@/app/settings/billing/acts', () => ({ cancelPlan: '/cancel', pausePlan: '/pause' }))
vi.mock('@/lib/env', () => ({ env: () => ({ auth: { secret: 'a-secret-of-ours' } }) }))

const USER = newUserId()
const CHOICES = PAID_TIERS.flatMap((tier) => INTERVALS.map((interval) => ({ tier, interval })))

/** The page of canceling for each pair. Drawn as one, because to begin a drawing takes longer than to draw it. */
function cancelPages(): string[] {
  const pages = PAIRS.map(({ name, billing }) => (
    <Fragment key={name}>
      {PAGE_ENDS}
      <CancelPlan owner={USER} billing={billing} />
    </Fragment>
  ))
  return renderToStaticMarkup(pages).split(PAGE_ENDS).slice(1)
}

const PAGE_ENDS = '—page ends—'

/** Everything that can be pressed on the billing page, on that of the plans and on that of canceling. */
function offeredIn(billing: Billing, cancelPage: string) {
  return {
    said: saidOf(billing),
    plans: isLive(billing) ? CHOICES.map((choice) => offerOf(billing, choice)) : [],
    pauses: cancelPage.includes('action="/pause"'),
    cancels: cancelPage.includes('action="/cancel"'),
  }
}

type Offer = ReturnType<typeof offeredIn>

/** What each verb needs to find, or it would leave everything as it is; each answers whether it does. */
const RULES: Record<string, (b: Billing, offer: Offer) => boolean> = {
  'a plan is offered to be kept where it is set to end': (b, { said, plans }) =>
    (b.isCanceling && isLive(b)) || !(said.acts.includes('keep') || has(plans, 'keep')),
  'a plan is offered to be resumed where something holds it, and it is not to end': (b, { said }) =>
    !said.acts.includes('resume') ||
    (!b.isCanceling &&
      (b.status === 'paused' || b.collectionPaused !== null || b.money.payment === 'skipped')),
  'a payment is asked for where one may be open, and no bank has it': (b, { said }) =>
    !said.acts.includes('pay') || (!b.open?.isProcessing && mayOwe(b)),
  'a card is asked for where a plan is charged to it': (b, { said }) =>
    !said.acts.includes('card') || isLive(b),
  'a plan is offered to be canceled where it goes on, or is asked for money although it is to end':
    (b, { said, cancels }) =>
      (isLive(b) && (!b.isCanceling || ASKED.includes(b.status))) ||
      !(said.acts.includes('cancel') || canCancel(b) || cancels),
  'what leads to canceling is offered where that page cancels something': (b, { cancels }) =>
    cancels === canCancel(b),
  'a pause is offered to a plan in order that is paid by the month and goes on': (b, { pauses }) =>
    !pauses ||
    (b.status === 'active' &&
      !b.isCanceling &&
      b.collectionPaused === null &&
      !['draft', 'open', 'sent', 'skipped'].includes(b.money.payment)),
  'a change is taken back where one is planned': (b, { plans }) =>
    !has(plans, 'undo') || (b.next.kind === 'charge' && b.next.coming?.kind === 'planned'),
  'an upgrade is offered above where that plan can be chosen below': (b, { said }) =>
    !isLive(b) ||
    said.actions.every(
      ({ to, label }) => to !== 'plans' || CHOICES.some((each) => isSold(b, each, label)),
    ),
  'who is led from the plans to their own plan finds something to press there': (_b, offer) =>
    !offer.plans.some(({ act, label }) => act === 'billing' && label !== SEEN) ||
    offer.said.acts.some((act) => HERE.includes(act)),
  'who is led from the plans to a payment reads there what it waits for': (_b, { plans, said }) =>
    !plans.some(({ label }) => label === SEEN) || / its payment/.test(said.text),
}

// Ended at once, they are not asked for money any more: that changes something whether they are set to end or not.
const ASKED: readonly string[] = ['past_due', 'unpaid', 'incomplete', 'processing']

// A button that promises nothing but a look.
const SEEN = 'See the payment'

// What puts a plan in order; a look at the plans would lead back.
const HERE: readonly Said['acts'][number][] = [
  ...(['pay', 'card', 'resume', 'keep', 'cancel', 'invoice', 'look', 'write'] as const),
]

function has(plans: Offered[], act: Offered['act']): boolean {
  return plans.some((each) => each.act === act)
}

// What is not known may be open.
function mayOwe({ open, status, waitsFor, next }: Billing): boolean {
  const waits = next.kind === 'charge' && next.coming?.kind === 'waits'
  return (
    open !== null || ['past_due', 'unpaid', 'incomplete'].includes(status) || !!waitsFor || waits
  )
}

function isSold(b: Billing, choice: (typeof CHOICES)[number], label: string): boolean {
  return label.endsWith(PLANS[choice.tier].name) && offerOf(b, choice).act === 'confirm'
}

const PAGES = cancelPages()
const OFFERS = PAIRS.map(({ name, billing }, nth) => ({
  ...{ name, billing, offer: offeredIn(billing, PAGES[nth] ?? '') },
}))

test('each pair has a page of canceling', () => {
  expect(PAGES).toHaveLength(PAIRS.length)
})

test.each(Object.entries(RULES))('%s, whatever else lies over it', (_rule, holds) => {
  const broken = OFFERS.flatMap(({ name, billing, offer }) =>
    holds(billing, offer) ? [] : `${name} [${offer.said.acts.join(', ')}]`,
  )
  expect(broken.join('\n')).toBe('')
})
