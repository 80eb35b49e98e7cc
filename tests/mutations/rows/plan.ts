import { eq } from 'drizzle-orm'
import {
  cancelPlan,
  keepPlan,
  lookNow,
  pausePlan,
  payNow,
  putNewCardToUse,
  resumePlan,
} from '@/app/settings/billing/acts'
import { confirmChange, undoChange } from '@/app/settings/billing/plans/actions'
import { db } from '@/db/client'
import { subscriptions } from '@/db/schema/billing'
import type { Choice } from '@/lib/catalog/parse-choice'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { parseSubscriptionId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { putOnFile } from '@/lib/subscriptions/asked.fixture'
import { cancelSubscription } from '@/lib/subscriptions/cancel'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { pauseSubscription } from '@/lib/subscriptions/pause'
import { reviewChange } from '@/lib/subscriptions/review-change'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { arrive, owing, paying } from '@/tests/mutations/people'
import type { Row } from '@/tests/mutations/row'
import { billingOf } from '@/tests/mutations/stands'

const BILLING = '/settings/billing'
const done = (what: string) => new RegExp(`^/settings/billing\\?done=${what}$`)

/** A scene whose form was made for a person in some state. */
async function scene(
  make: () => ReturnType<typeof paying>,
  fieldsOf: (
    me: Awaited<ReturnType<typeof paying>>,
  ) => Promise<Record<string, string>> | Record<string, string>,
) {
  const who = await make()
  const fields = await fieldsOf(who)
  await arrive()
  return { who, fields, stands: () => billingOf(who) }
}

async function reviewed(me: Awaited<ReturnType<typeof paying>>, choice: Choice) {
  const { offer } = await reviewChange(me.actor, choice)
  return { offer, ...choice, agree: 'yes' }
}

const only = (subscription: object, more: object = {}) => ({
  stripe: { subscriptions: [subscription], ...more },
})

/** What changes a plan, or pays for it. */
export const PLAN_ROWS: Record<string, Row> = {
  'app/settings/billing/acts.ts cancelPlan': {
    open: () =>
      scene(paying, () => ({ when: 'period_end', feedback: 'unused', comment: 'Too few days.' })),
    press: cancelPlan,
    done: done('canceled'),
    after: { ours: { isCanceling: true }, ...only({ status: 'active', ends: true }) },
    back: '/settings/billing/cancel',
    typed: ['feedback', 'comment'],
  },
  'app/settings/billing/acts.ts cancelPlan with a change planned': {
    open: () =>
      scene(paying, async (me) => {
        await stripeClient().subscriptionSchedules.create({ from_subscription: me.subscriptionId })
        return { when: 'period_end', feedback: 'unused', comment: 'Too few days.' }
      }),
    press: cancelPlan,
    done: done('canceled'),
    after: { ours: { isCanceling: true }, ...only({ ends: true, planned: false }) },
    back: '/settings/billing/cancel',
    typed: ['feedback', 'comment'],
  },
  'app/settings/billing/acts.ts keepPlan': {
    open: () =>
      scene(paying, async ({ actor }) => {
        await cancelSubscription(actor, { when: 'period_end', feedback: null, comment: null })
        return {}
      }),
    press: keepPlan,
    done: done('kept'),
    after: { ours: { isCanceling: false }, ...only({ status: 'active', ends: false }) },
    back: BILLING,
  },
  'app/settings/billing/acts.ts lookNow': {
    open: () =>
      scene(paying, async ({ subscriptionId }) => {
        await db()
          .update(subscriptions)
          .set({ status: 'unknown' })
          .where(eq(subscriptions.id, parseSubscriptionId(subscriptionId)))
        return {}
      }),
    press: lookNow,
    done: done('looked'),
    after: { ours: { status: 'active', tier: SMALL }, ...only({ status: 'active' }) },
    back: BILLING,
    onlyReads: true,
  },
  'app/settings/billing/acts.ts pausePlan': {
    open: () => scene(paying, () => ({ months: '2' })),
    press: pausePlan,
    done: done('paused'),
    after: only({ status: 'active', paused: true }),
    back: '/settings/billing/cancel',
    typed: ['months'],
  },
  'app/settings/billing/acts.ts resumePlan': {
    open: () =>
      scene(paying, async ({ actor }) => {
        await pauseSubscription(actor, 2)
        return {}
      }),
    press: resumePlan,
    done: done('resumed'),
    after: only({ status: 'active', paused: false }),
    back: BILLING,
  },
  'app/settings/billing/acts.ts payNow': {
    open: () => scene(owing, shown),
    press: payNow,
    done: done('paid'),
    again: done('nothing_open'),
    after: { ours: { status: 'active' }, ...only({ status: 'active' }, { charged: [1900, 1900] }) },
    back: BILLING,
  },
  'app/settings/billing/acts.ts putNewCardToUse': {
    open: () =>
      scene(owing, async (me) => {
        await putOnFile(me, 'pm_card_mastercard')
        return shown(me)
      }),
    press: putNewCardToUse,
    done: done('paid'),
    again: done('card'),
    after: {
      ours: { status: 'active' },
      ...only({ status: 'active' }, { charged: [1900, 1900], card: 'mastercard' }),
    },
    back: '/settings/billing/card',
  },
  'app/settings/billing/plans/actions.ts confirmChange': {
    open: () => scene(paying, (me) => reviewed(me, { tier: GREAT, interval: 'month' })),
    press: confirmChange,
    done: done('changed'),
    after: {
      ours: { tier: GREAT, status: 'active' },
      // What is left of the month is taken off, to the second.
      ...only({ waits: false, planned: false }, { invoices: ['paid', 'paid'] }),
    },
    back: BILLING,
  },
  'app/settings/billing/plans/actions.ts confirmChange at the period’s end': {
    open: () =>
      scene(paying, async (me) => {
        await changePlan(me.actor, {
          ...(await reviewed(me, { tier: GREAT, interval: 'month' })),
          agreed: true,
        })
        return reviewed(me, { tier: SMALL, interval: 'month' })
      }),
    press: confirmChange,
    done: done('planned'),
    after: { ours: { tier: GREAT }, ...only({ planned: true, waits: false }) },
    meanwhile: ['plan_moved_on'],
    back: BILLING,
  },
  'app/settings/billing/plans/actions.ts undoChange': {
    open: () =>
      scene(paying, async (me) => {
        const up = await reviewed(me, { tier: GREAT, interval: 'month' })
        await changePlan(me.actor, { ...up, agreed: true })
        const down = await reviewed(me, { tier: SMALL, interval: 'month' })
        await changePlan(me.actor, { ...down, agreed: true })
        return {}
      }),
    press: undoChange,
    done: done('undone'),
    after: { ours: { tier: GREAT }, ...only({ planned: false }) },
    back: BILLING,
  },
}

async function shown({ actor }: Awaited<ReturnType<typeof paying>>) {
  const payment = await readOpenPayment(actor)
  return { shown: shownCharge(payment?.open ?? null) }
}
