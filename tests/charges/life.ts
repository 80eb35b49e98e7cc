import Stripe from 'stripe'
import { parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { replaceStripeClient } from '@/lib/stripe/client'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import { type Account, openAccount } from '@/tests/money/account'
import { answersFrom } from '@/tests/money/http-client'
import { type Random, seeded } from '@/tests/simulation/random'
import { changeReviewed } from './change'
import { differences } from './differences'
import { disturb } from './disturb'
import { signUp } from './sign-up'

/** `compared`: how many charges came as they had been announced, or did not. */
export type Outcome = { wrongs: string[]; compared: number; story: string[] }

/** Lives one random life of a subscription, and holds each charge that was announced against the invoice that was made. */
export async function liveCharged(seed: number): Promise<Outcome> {
  const random = seeded(seed)
  const account = openAccount(beginning(random), { retry_days: [] })
  const stripe = speakTo(account)
  const outcome: Outcome = { wrongs: [], compared: 0, story: [] }
  const { subscription, story } = await signUp(stripe, random)
  outcome.story.push(...story)
  const id = parseSubscriptionId(subscription)
  for (let round = 0; round < ROUNDS && outcome.wrongs.length === 0; round += 1) {
    if (random.chance(0.6)) outcome.story.push(await disturb(stripe, random, account, id))
    if (random.chance(0.4)) await review(account, stripe, random, id, outcome)
    await renew(account, stripe, id, outcome)
  }
  return outcome
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

async function review(
  account: Account,
  stripe: Stripe,
  random: Random,
  id: SubscriptionId,
  outcome: Outcome,
) {
  const changed = await changeReviewed(stripe, random, account, id)
  if (!changed) return
  outcome.compared += 1
  outcome.story.push(changed.story)
  outcome.wrongs.push(...changed.wrongs)
}

async function renew(account: Account, stripe: Stripe, id: SubscriptionId, outcome: Outcome) {
  const charge = await previewNextCharge(id)
  if (!charge) {
    outcome.wrongs.push('Nothing was announced.')
    return
  }
  const at = charge.at.getTime() / 1000
  const end = at + 2 * HOUR
  while (account.step(end));
  account.moveTo(end)
  const { data } = await stripe.invoices.list({ subscription: id, limit: 100 })
  const made = data.find(({ created, billing_reason: reason }) => {
    return reason === 'subscription_cycle' && Math.abs(created - at) < DAY
  })
  outcome.compared += 1
  const { amount_due: due = 0, number = null } = made ?? {}
  outcome.story.push(`${new Date(end * 1000).toISOString()} ${number}: ${due} ${charge.currency}`)
  outcome.wrongs.push(...(made ? differences(charge, made) : ['No invoice was made.']))
}

// The application's client speaks to the account of this life, without a socket.
function speakTo(account: Account): Stripe {
  const httpClient = answersFrom(() => account.sandbox)
  const options = { httpClient, telemetry: false, maxNetworkRetries: 0 }
  const stripe = new Stripe('sk_test_lives', options)
  replaceStripeClient(stripe)
  return stripe
}
