import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { chooseEmails } from '@/lib/mail/choose-emails'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { runReconcile } from '@/lib/scheduled/reconcile'
import { stripeClient } from '@/lib/stripe/client'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { emailsTo } from './history.fixture'
import { historyForFile } from './history-for-file.fixture'

// Each walks through weeks, and each daily run looks at all of Stripe.
const SLOW = { timeout: 90_000 }
const DAY_MS = 86_400_000
const PLAN = PLANS[SMALL].name

const { history } = historyForFile()

type Me = Awaited<ReturnType<typeof subscriber>>
const stripe = () => stripeClient().subscriptions
// A year is long enough for a card to expire, which has an email of its own.
const isOfYear = ({ subject }: { subject: string }) =>
  /renews for (a year|2 years|18 months) on/.test(subject)
const subjectsOf = async (me: Me) => (await emailsTo(me)).map(({ subject }) => subject)
/** So many days pass, and the daily run runs: twice, where what is said once is looked at. */
const days = async (count: number, runs = 1) => {
  await history.later(count)
  for (let run = 0; run < runs; run += 1) await runReconcile()
}

/** A price of the same plan that is billed as none of ours is. */
async function priceBy(recurring: { interval: 'month' | 'year'; interval_count: number }) {
  const { prices } = stripeClient()
  const listed = await prices.retrieve(await priceForTier(SMALL, 'month'))
  const { id } = await prices.create({
    ...{ product: String(listed.product), currency: 'usd', unit_amount: 30_000 },
    ...{ recurring, metadata: listed.metadata },
  })
  return id
}

const trial = (length: number) => subscribed('month', length)
const yearly = () => subscribed('year', null)

async function subscribed(interval: 'month' | 'year', trial: number | null): Promise<Me> {
  const me = await subscriber()
  await stripe().cancel(me.subscriptionId)
  const { id } = await stripe().create({
    customer: me.customerId,
    items: [{ price: await priceForTier(SMALL, interval) }],
    default_payment_method: await cardOf(me),
    ...(trial ? { trial_period_days: trial } : {}),
    metadata: { app: 'ledgerline', env: 'test' },
  })
  await history.arrive()
  return { ...me, subscriptionId: id }
}

async function cardOf({ customerId }: Me) {
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: customerId })
  return card.id
}

describe('a trial of two weeks', SLOW, () => {
  it('is announced once a week before its end, and once by Stripe’s own event', async () => {
    const me = await trial(14)
    await days(5)
    const before = (await emailsTo(me)).length
    await days(3, 2)
    await days(1)
    const week = (await emailsTo(me)).slice(before)
    expect(week.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(new RegExp(`^Your trial of ${PLAN} ends on `)),
    ])
    expect(week[0]?.text).toContain(`$19.00 for ${PLAN} is charged on`)
    await days(3)
    const [first, second, ...more] = (await emailsTo(me)).slice(before)
    expect(more).toEqual([])
    // Only what says it again can be turned off.
    expect(first?.unsubscribe).toBeUndefined()
    expect(second?.unsubscribe).toContain('/api/emails/unsubscribe?token=')
  })

  it('that is called off before is not announced, and one of a week has no email at its beginning', async () => {
    const [called, short] = [await trial(14), await trial(7)]
    const count = (await emailsTo(short)).length
    await days(1)
    expect(await emailsTo(short)).toHaveLength(count)
    await stripe().update(called.subscriptionId, { cancel_at_period_end: true })
    await days(7)
    expect((await subjectsOf(called)).join()).not.toContain('Your trial')
  })
})

describe('someone who turned the second announcement of a trial’s end off', SLOW, () => {
  it('has the first one, which no one can turn off', async () => {
    const me = await trial(14)
    await chooseEmails(me.actor, 'trial', false)
    const before = (await emailsTo(me)).length
    await days(8)
    await days(4)
    const said = (await emailsTo(me)).slice(before)
    expect(said.map(({ subject }) => subject)).toEqual([expect.stringContaining('Your trial of')])
    expect(said[0]?.unsubscribe).toBeUndefined()
  })

  it('is told of the end of a trial that is too short for the first one', async () => {
    const me = await trial(6)
    await chooseEmails(me.actor, 'trial', false)
    const before = (await emailsTo(me)).length
    await days(4)
    const said = (await emailsTo(me)).slice(before)
    expect(said.map(({ subject }) => subject)).toEqual([expect.stringContaining('Your trial of')])
    expect(said[0]?.unsubscribe).toBeUndefined()
  })
})

describe('a plan that is billed by the year', SLOW, () => {
  it('is announced once before each renewal, with the amount that Stripe charges then', async () => {
    const me = await yearly()
    await stripeClient().customers.update(me.customerId, { balance: -1000 })
    const count = (await emailsTo(me)).length
    await days(300)
    expect(await emailsTo(me)).toHaveLength(count)
    await days(40, 2)
    await days(10)
    const emails = (await emailsTo(me)).slice(count).filter(isOfYear)
    expect(emails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(new RegExp(`^${PLAN} renews for a year on `)),
    ])
    expect(emails[0]?.text).toContain(`$180.00 for a year of ${PLAN} is charged on`)
    await days(360)
    expect((await emailsTo(me)).filter(isOfYear)).toHaveLength(2)
  })

  const LONGER = [
    [{ interval: 'month', interval_count: 18 }, 545, '18 months'],
    [{ interval: 'year', interval_count: 2 }, 730, '2 years'],
  ] as const
  it.each(WITHOUT_SOAKS ? LONGER.slice(0, 1) : LONGER)(
    'by %o is announced as what it is',
    async (recurring, length, span) => {
      const me = await subscriber({ price: await priceBy(recurring) })
      const count = (await emailsTo(me)).length
      await days(length - 60)
      expect((await emailsTo(me)).slice(count).filter(isOfYear)).toEqual([])
      await days(40)
      const emails = (await emailsTo(me)).slice(count).filter(isOfYear)
      expect(emails.map(({ subject }) => subject)).toEqual([
        expect.stringMatching(new RegExp(`^${PLAN} renews for ${span} on `)),
      ])
      expect(emails[0]?.text).toContain(`$300.00 for ${span} of ${PLAN} is charged on`)
      expect(emails[0]?.text).not.toContain('a year')
    },
  )

  it('that is to end is not announced', async () => {
    const me = await yearly()
    await stripe().update(me.subscriptionId, { cancel_at_period_end: true })
    await days(345)
    expect((await subjectsOf(me)).join()).not.toContain('renews')
  })
})

describe('a card that expires', SLOW, () => {
  it('is named once within its last month, and not once another is charged', async () => {
    const [me, other] = [await subscriber(), await subscriber()]
    for (const each of [me, other]) {
      const { default_payment_method: card } = await stripe().retrieve(each.subscriptionId)
      // The month after the next: its last month is yet to come.
      const at = new Date(await history.now())
      const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 2))
      await stripeClient().paymentMethods.update(String(card), {
        card: { exp_month: last.getUTCMonth() + 1, exp_year: last.getUTCFullYear() },
      })
    }
    await history.arrive()
    await days(1)
    expect(await subjectsOf(me)).toEqual([])
    await stripe().update(other.subscriptionId, { default_payment_method: await cardOf(other) })
    const at = new Date(await history.now())
    const begins = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 2, 4)
    await days(Math.ceil((begins - at.getTime()) / DAY_MS), 2)
    await days(2)
    expect(await subjectsOf(me)).toEqual([
      expect.stringMatching(/^Your card Visa •••• 4242 expires on /),
    ])
    expect(await subjectsOf(other)).toEqual([])
  })
})

describe('whom to remind', () => {
  it('is found by an index of those alone, however many others there are', async () => {
    const plan = async (query: ReturnType<typeof sql>) =>
      JSON.stringify(
        await db().transaction(async (tx) => {
          await tx.execute(sql`set local enable_seqscan = off`)
          return tx.execute(sql`explain ${query}`)
        }),
      )
    expect(
      await plan(sql`select id from subscriptions where status = 'trialing'
        and trial_end > now() and trial_end <= now() + interval '7 days'`),
    ).toContain('subscriptions_trials_by_end')
    expect(
      await plan(sql`select id from subscriptions where interval <> 'month' and interval ~ 'year' and status = 'active'
        and current_period_end > now() and current_period_end <= now() + interval '30 days'`),
    ).toContain('subscriptions_years_by_end')
  })
})
