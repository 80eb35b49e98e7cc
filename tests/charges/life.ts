import type Stripe from 'stripe'
import { parseInvoiceId } from '@/lib/ids'
import { writeReminders } from '@/lib/outbox/write-reminders'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import { payInvoiceShown } from '@/lib/subscriptions/pay-invoice'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { openAccount } from '@/tests/money/account'
import { type Random, seeded } from '@/tests/simulation/random'
import { type Announced, untrue } from './announced'
import { postOf } from './arrive'
import { changeReviewed } from './change'
import { differences } from './differences'
import { disturb, wait } from './disturb'
import { type Invoices, readEmail } from './emails'
import type { Here } from './here'
import { readInvoices } from './invoices'
import { readOverview, readOwed } from './pages'
import { type Customer, signUp } from './sign-up'

/** `compared`: how many charges came as they had been announced, or did not. `emails`: how many were read. */
export type Outcome = { wrongs: string[]; compared: number; emails: number; story: string[] }

/**
 * Lives one random lifecycle of a subscription. What our pages and emails say of each charge is
 * read as a person reads it, and held against the invoice that Stripe makes.
 */
export async function liveCharged(seed: number, here: Here): Promise<Outcome> {
  const random = seeded(seed)
  const account = openAccount(beginning(random), { after_retries: 'leave' }, { events: true })
  const stripe = here.enter(account)
  const { customer, story } = await signUp(account, stripe, random)
  const outcome: Outcome = { wrongs: [], compared: 0, emails: 0, story }
  const life = {
    customer,
    outcome,
    announced: [],
    before: new Set<string>(),
    post: postOf(customer),
  }
  await open(life)
  for (let round = 0; round < ROUNDS && outcome.wrongs.length === 0; round += 1) {
    await wait(customer)
    if (random.chance(0.6)) await change(life, () => disturb(customer))
    if (random.chance(0.4)) await review(life)
    await renew(life)
  }
  outcome.wrongs.push(...(await readInvoices(customer)))
  // So that no reminder of a later life is about this one.
  await stripe.subscriptions.cancel(customer.subscriptionId)
  await life.post()
  return outcome
}

type Life = {
  customer: Customer
  outcome: Outcome
  /** What was said of the next charge since the last thing that changed it. */
  announced: Announced[]
  before: Invoices
  post: ReturnType<typeof postOf>
}

const ROUNDS = 4
const DAY = 86_400
const HOUR = 3600

// Often the last days of a month, which some months do not have.
function beginning(random: Random): number {
  const month = random.between(0, 23)
  const day = random.chance(0.5) ? random.between(28, 31) : random.between(1, 27)
  return Date.UTC(2026, month, day, random.between(0, 23)) / 1000
}

// The first invoice, and its email.
async function open(life: Life): Promise<void> {
  await readPost(life)
}

/** Something that makes what was announced untrue. */
async function change(life: Life, act: () => Promise<string>): Promise<void> {
  life.announced = []
  life.before = invoicesOf(life.customer)
  life.outcome.story.push(await act())
  await readPost(life)
}

async function review(life: Life): Promise<void> {
  const { outcome } = life
  const before = invoicesOf(life.customer)
  const changed = await changeReviewed(life.customer)
  if (!changed) return
  outcome.compared += 1
  outcome.story.push(changed.story)
  outcome.wrongs.push(...changed.wrongs)
  Object.assign(life, { announced: changed.announced, before })
  await readPost(life)
}

// What is announced at once and two days before, and in the emails between, is what is charged.
async function renew(life: Life): Promise<void> {
  const { customer, outcome } = life
  const { account, stripe, random, subscriptionId } = customer
  await look(life)
  const charge = await previewNextCharge(subscriptionId)
  if (!charge) {
    outcome.wrongs.push('Nothing was announced.')
    return
  }
  const at = charge.at.getTime() / 1000
  if (at - account.sandbox.clock.now() > 2 * DAY) {
    goTo(life, at - 2 * DAY)
    await writeReminders(new Date((at - 2 * DAY) * 1000), () => false)
    await look(life)
  }
  const fails = random.chance(0.25)
  if (fails) await payWith(customer, 'pm_card_chargeCustomerFail')
  goTo(life, at + 2 * HOUR)
  const made = await renewalAt(stripe, subscriptionId, at)
  const { amount_due: due = 0, number = null } = made ?? {}
  const then = new Date((at + 2 * HOUR) * 1000).toISOString()
  outcome.story.push(`${then} ${number}: ${due} ${charge.currency}, ${made?.status}`)
  if (!made) {
    outcome.wrongs.push('No invoice was made.')
    return
  }
  const said = untrue(life.announced, { amount: due, currency: made.currency }, charge.at)
  outcome.wrongs.push(...said, ...differences(charge, made))
  outcome.compared += 1 + life.announced.length
  life.announced = []
  await readPost(life)
  if (fails) await settle(life, made.id)
  // What the renewal made of the plan was planned, and is no change of now.
  life.announced = []
}

async function settle(life: Life, invoice: string | undefined): Promise<void> {
  const { customer, outcome } = life
  const { stripe, actor } = customer
  const {
    amount_remaining: amount,
    currency,
    status,
  } = await stripe.invoices.retrieve(String(invoice))
  const owed = await readOwed(customer)
  const isSo = status === 'open' ? owed.length >= 2 : owed.length === 0
  if (!isSo || owed.some((each) => each.amount !== amount))
    outcome.wrongs.push(`The page asks for ${JSON.stringify(owed)}, and ${amount} is ${status}`)
  outcome.compared += 1
  await payWith(customer, 'pm_card_visa')
  // As pressed on the list of invoices, which reads less of Stripe than a person may in a minute.
  const shown = shownCharge({ id: parseInvoiceId(invoice), remaining: { amount, currency } })
  await payInvoiceShown(actor, shown)
  await readPost(life)
}

/** Reads the billing page. */
async function look(life: Life): Promise<void> {
  await readPost(life)
  const { announced, wrongs } = await readOverview(life.customer)
  life.announced.push(...announced)
  life.outcome.wrongs.push(...wrongs)
}

/** Reads the emails that have come. */
async function readPost(life: Life): Promise<void> {
  const { customer, outcome } = life
  for (const email of await life.post()) {
    const { announced, wrongs } = await readEmail(email, customer, life.before)
    life.announced.push(...announced)
    outcome.wrongs.push(...wrongs)
    outcome.emails += 1
    outcome.story.push(`email: ${email.subject}`)
  }
}

function invoicesOf({ account: { sandbox } }: Customer): Invoices {
  return new Set([...sandbox.store.all('invoice')].map(({ id }) => id))
}

function goTo({ customer: { account } }: Life, instant: number): void {
  while (account.step(instant));
  account.moveTo(instant)
}

async function payWith({ stripe, customerId, subscriptionId }: Customer, name: string) {
  const { id } = await stripe.paymentMethods.attach(name, { customer: customerId })
  await stripe.subscriptions.update(subscriptionId, { default_payment_method: id })
}

async function renewalAt(stripe: Stripe, subscription: string, at: number) {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 })
  return data.find(({ created, billing_reason: reason }) => {
    return reason === 'subscription_cycle' && Math.abs(created - at) < DAY
  })
}
