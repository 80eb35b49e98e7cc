import type { Locator, Page } from '@playwright/test'
import type postgres from 'postgres'
import { GREAT, onBill, SMALL } from '@/e2e/pages/plans'
import { control } from '@/e2e/stack/sandbox'
import { attach, give, type Person, post } from '@/e2e/stack/subscriptions'

type Form = {
  what: string
  /** Brings a customer to where the form is. */
  prepare(me: Person, sql: postgres.Sql): Promise<unknown>
  at: string
  press(page: Page): Locator
  /** What the page says when it is done. */
  said(page: Page): Locator
  /** How often it was done, as Stripe and our records have it. */
  done(me: Person, sql: postgres.Sql): Promise<number>
}

const BILLING = '/settings/billing'
const button =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('button', { name })
const says =
  (text: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('status').filter({ hasText: text })

async function subscribed(me: Person) {
  await attach(me, 'pm_card_visa')
  return give(me, SMALL.lookupKeys.month)
}

/** A renewal that failed, and a card that works by now. */
async function owing(me: Person) {
  const { id } = await subscribed(me)
  const failing = await attach(me, 'pm_card_chargeCustomerFail')
  await post(`/v1/subscriptions/${id}`, {
    ...{ default_payment_method: failing, proration_behavior: 'none' },
    'billing_cycle_anchor[type]': 'now',
  })
  const paying = await attach(me, 'pm_card_visa')
  await post(`/v1/subscriptions/${id}`, { default_payment_method: paying })
}

const trail = (action: string) => async (me: Person, sql: postgres.Sql) => {
  const scopes = [me.customer, `user:${me.id}`, `workspace:${me.id}`]
  const [row] = await sql`select count(*)::int as n from audit_log
    where action = ${action} and scope in ${sql(scopes)}`
  return Number(row?.n)
}

/** Charges that a customer paid beyond the first. */
const charges = async ({ customer }: Person) => {
  const { data } = await control('GET', `/v1/charges?limit=100&customer=${customer}`)
  return data.filter(({ paid }: { paid: boolean }) => paid).length - 1
}

const isPaused = async ({ customer }: Person) => {
  const { data } = await control('GET', `/v1/subscriptions?customer=${customer}`)
  return data[0].pause_collection !== null
}

const openPages = async ({ customer }: Person) => {
  const { data } = await control('GET', `/v1/checkout/sessions?limit=100&customer=${customer}`)
  return data.filter(({ status }: { status: string }) => status === 'open').length
}

const cardForm = (page: Page) => page.getByLabel('Card number')

/** The forms of a customer whose double click, Back, second tab and ended session are played in a browser. */
export const FORMS: readonly Form[] = [
  {
    what: 'canceling a plan',
    prepare: subscribed,
    at: `${BILLING}/cancel`,
    press: button('Cancel plan'),
    said: says(/^Canceled\./),
    done: trail('subscription.schedule_cancel'),
  },
  {
    what: 'keeping a plan that was canceled',
    async prepare(me) {
      const { id } = await subscribed(me)
      await post(`/v1/subscriptions/${id}`, { cancel_at_period_end: 'true' })
    },
    at: BILLING,
    press: button(`Keep ${SMALL.name}`),
    said: says(`You keep ${SMALL.name}.`),
    done: trail('subscription.resume'),
  },
  {
    what: 'pausing a plan',
    prepare: subscribed,
    at: `${BILLING}/cancel`,
    press: button('Pause plan'),
    said: says(`${SMALL.name} is set to pause.`),
    done: async (me) => Number(await isPaused(me)),
  },
  {
    what: 'resuming a plan',
    async prepare(me) {
      const { id } = await subscribed(me)
      await post(`/v1/subscriptions/${id}`, { 'pause_collection[behavior]': 'void' })
    },
    at: BILLING,
    press: button('Resume now'),
    said: says(`${SMALL.name} goes on.`),
    done: async (me) => Number(!(await isPaused(me))),
  },
  {
    what: 'paying what is open',
    prepare: owing,
    at: BILLING,
    press: button(`Pay ${onBill(SMALL.prices.month)} now`),
    said: says(/^(Paid|Nothing is open any more)\./),
    done: charges,
  },
  {
    what: 'paying an invoice in the list',
    prepare: owing,
    at: `${BILLING}/invoices`,
    press: button(`Pay ${onBill(SMALL.prices.month)}`),
    said: says(/^Paid: /),
    done: charges,
  },
  {
    what: 'planning a change',
    async prepare(me) {
      await attach(me, 'pm_card_visa')
      await give(me, GREAT.lookupKeys.month)
    },
    at: `${BILLING}/plans/confirm?tier=${SMALL.tier}&interval=month`,
    press: button('Plan this change'),
    said: (page) => page.getByText(new RegExp(`^Changes to ${SMALL.name} monthly on `)),
    async done({ customer }) {
      const { data } = await control('GET', `/v1/subscription_schedules?customer=${customer}`)
      return data.filter(({ status }: { status: string }) => status === 'active').length
    },
  },
  {
    what: 'buying credits',
    prepare: subscribed,
    at: BILLING,
    press: button(/^Buy /),
    said: cardForm,
    done: openPages,
  },
  {
    what: 'turning emails off',
    prepare: async () => {},
    at: '/settings/account',
    press: button(/^Turn off.*Usage$/),
    said: button(/^Turn on/),
    done: trail('user.choose_emails'),
  },
]
