import Stripe from 'stripe'
import { replaceStripeClient } from '@/lib/stripe/client'
import { type Random, seeded } from '@/tests/simulation/random'
import { openAccount } from './account'
import { ACTIONS } from './actions/list'
import { passTime, takeBreath } from './actions/pass-time'
import { answersFrom } from './http-client'
import { observe } from './observer'
import { newPerson, type Person } from './person'
import { othersOf, somePolicy } from './policies'
import type { Rule } from './rules'
import { openShop } from './shop'
import { withShortIds } from './short-ids'
import { statementOf } from './statement'

/** Which life. The same one is lived the same way each time. */
export type Life = {
  seed: number
  /** A rule that the application is to lack. */
  rule?: Rule | null
  /** The actions to make, by their number in the life; without it, all. */
  only?: readonly number[] | undefined
}

export type Outcome = {
  /** What was wrong, if anything was. */
  wrongs: string[]
  /** The numbers of the actions that were made. */
  actions: number[]
  /** What happened, and how things stand at the end. */
  story: string[]
  /** How often the application and the accountant were compared. */
  looks: number
}

/**
 * Lives one life, and holds after each thing that happens what the application decides against the
 * money. It ends with the first mistake.
 */
export async function live({ seed, rule = null, only }: Life): Promise<Outcome> {
  const random = seeded(seed ^ 0x5eed)
  const policy = somePolicy(random)
  const account = openAccount(BEGIN + random.between(0, 365 * 24) * 3600, dunning(random))
  const person = newPerson(account, openShop(account))
  speakTo(person)
  const observer = observe(person, policy, random, rule)
  const actions = Array.from({ length: random.between(6, 18) }, (_, nth) => nth)
  const made: number[] = []
  for (const nth of actions.filter((each) => only?.includes(each) ?? true)) {
    if (observer.wrongs.length > 0) break
    made.push(nth)
    await action(person, seeded(Math.imul(seed, 0x9e3779b1) ^ (nth + 1)), observer.look)
  }
  if (observer.wrongs.length === 0) await passTime(person, 40 * DAY, observer.look)
  const { wrongs, looks } = observer
  const story = [`policy: ${othersOf(policy)}`, ...person.actions, ...statementOf(person)]
  const lines = withShortIds([...story, ...wrongs])
  return {
    wrongs: lines.slice(story.length),
    actions: made,
    story: lines.slice(0, story.length),
    looks: looks(),
  }
}

async function action(person: Person, random: Random, look: () => Promise<boolean>) {
  person.random = random
  await takeBreath(person, random.between(1, 90), look)
  const living = person.subscriptions().some(({ ended_at }) => ended_at === null)
  await random.pick(living ? ACTIONS.later : ACTIONS.first)(person, look)
  await look()
}

const DAY = 86_400
const BEGIN = Date.UTC(2026, 0, 1) / 1000
const ENDINGS = ['cancel', 'mark_unpaid', 'leave', 'pause'] as const

function dunning(random: Random) {
  return {
    after_retries: random.pick(ENDINGS),
    ...(random.chance(0.3) ? { retry_days: [] } : {}),
    pause_on_first_failure: random.chance(0.1),
  }
}

// The application's client speaks to the account of this person, without a socket.
function speakTo({ account }: Person) {
  const httpClient = answersFrom(() => account.sandbox)
  const options = { httpClient, telemetry: false, maxNetworkRetries: 0 }
  replaceStripeClient(new Stripe('sk_test_lives', options))
}
