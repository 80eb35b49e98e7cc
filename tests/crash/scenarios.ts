import { setTimeout as wait } from 'node:timers/promises'
import type Stripe from 'stripe'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { callCron } from '@/tests/harness/cron'
import {
  buy,
  cancel,
  type Person,
  planEnd,
  signUp,
  upgrade,
  type World,
} from '@/tests/harness/customers'
import { DELIVERED } from '@/tests/harness/feed'
import type { Sender } from '@/tests/harness/sender'
import type { Server } from '@/tests/harness/server'
import type { Point, Story } from './crash-points'

/** All customers and everything that was sent about them. */
export type Scenario = {
  world: World
  sender: Sender
  cronSecret: string
  people: Person[]
  /** Customers who have bought, and are at rest. Each is used once: afterwards their lease may be held. */
  regulars: Person[]
  sent: Map<string, Stripe.Event>
  /** Deliveries under way; Stripe does not give up. */
  deliveries: Promise<void>[]
  /** Runs of drain points under way: no other drain may take what they wait for. */
  draining: number
}

/** One death: whom it is about, what leads to it, and what happens once the server is back. */
export type Steps = {
  /** Their id, and those of the events that are sent. Empty: the first customer that is seen. */
  about: Set<string>
  before(server: Server, dead: () => boolean): Promise<void>
  /** Answers with what is wrong, if anything is. */
  after(server: Server): Promise<string | undefined>
  /** Stripe does not answer about this customer. */
  outage?: boolean
}

/** Whether the `round`th death at a point is about a customer who has bought before. */
export function isOfRegular({ story }: Point, round: number): boolean {
  if (story === 'webhook') return round % 3 === 1
  return story !== 'unknownCustomer' && story !== 'crowd' && story !== 'drain'
}

/** Prepares what leads to the `round`th death at a point. */
export function prepareDeath(scenario: Scenario, { story }: Point, round: number): Promise<Steps> {
  return STORIES[story](scenario, round)
}

const STORIES: Record<Story, (scenario: Scenario, round: number) => Promise<Steps>> = {
  async webhook(scenario, round) {
    if (round % 3 === 0) return posting(scenario, await buyer(scenario))
    if (round % 3 === 2)
      return posting(scenario, await buyer(scenario, 'pm_card_chargeCustomerFail'))
    const person = regular(scenario)
    await upgrade(scenario.world, person)
    return posting(scenario, person)
  },
  async unknownCustomer(scenario) {
    return posting(scenario, await buyer(scenario))
  },
  async crowd(scenario) {
    const people = [await buyer(scenario), await buyer(scenario), await buyer(scenario)]
    return posting(scenario, ...people)
  },
  async resend(scenario) {
    const { customerId } = regular(scenario)
    const old = [...scenario.sent.values()].find(
      ({ data }) => customerOf(data.object) === customerId,
    )
    const again = async ({ webhookUrl }: Server) => {
      if (old) scenario.deliveries.push(scenario.sender.deliver(webhookUrl, old))
    }
    return { about: new Set([customerId]), before: again, after: nothing }
  },
  async outage(scenario) {
    const person = regular(scenario)
    await upgrade(scenario.world, person)
    return { ...posting(scenario, person), outage: true }
  },
  async visit(scenario) {
    const person = regular(scenario)
    await planEnd(scenario.world, person)
    const { about, post } = newsOf(scenario, person)
    const reload = async (server: Server) => {
      const problem = await openBilling(server, person)
      await post(server)
      return problem
    }
    return { about, before: async (server) => void openBilling(server, person), after: reload }
  },
  async overtaken(scenario) {
    const person = regular(scenario)
    await upgrade(scenario.world, person)
    const { about, post } = newsOf(scenario, person)
    const end = async (server: Server) => {
      await cancel(scenario.world, person)
      await post(server)
      return undefined
    }
    return { about, before: post, after: end }
  },
  async drain(scenario) {
    scenario.draining += 1
    return {
      about: new Set(),
      // Until there is something to drain: what an earlier death left behind.
      async before(server, dead) {
        while (!dead()) await Promise.race([callCron(server, scenario.cronSecret), wait(1_000)])
        scenario.draining -= 1
      },
      after: nothing,
    }
  },
}

const nothing = async () => undefined

/** Stripe posts what it has to say of someone, or of several at once, and that is all. */
function posting(scenario: Scenario, ...people: Person[]): Steps {
  const { about, post } = newsOf(scenario, ...people)
  return { about, before: post, after: nothing }
}

function newsOf(scenario: Scenario, ...people: Person[]) {
  const about = new Set(people.map(({ customerId }) => customerId))
  return { about, post: (server: Server) => deliverNews(scenario, server, people, about) }
}

async function buyer(scenario: Scenario, card?: Parameters<typeof buy>[2]): Promise<Person> {
  const person = await join(scenario)
  await buy(scenario.world, person, card)
  return person
}

/** Adds a customer who has bought, whose webhooks a living server has. */
export async function addRegular(scenario: Scenario, server: Server): Promise<void> {
  const person = await buyer(scenario)
  await deliverNews(scenario, server, [person])
  scenario.regulars.push(person)
}

async function join(scenario: Scenario): Promise<Person> {
  const person = await signUp(scenario.world)
  scenario.people.push(person)
  return person
}

function regular({ regulars }: Scenario): Person {
  const person = regulars.shift()
  if (!person) throw new Error('There are more stories than regular customers.')
  return person
}

/** Starts to deliver what Stripe has to say of these people and has not said yet. */
async function deliverNews(
  scenario: Scenario,
  { webhookUrl }: Server,
  people: Person[],
  about = new Set<string>(),
): Promise<void> {
  const { data } = await scenario.world.stripe.events.list({ types: DELIVERED, limit: 100 })
  for (const event of data.reverse()) {
    const customer = customerOf(event.data.object)
    if (scenario.sent.has(event.id) || !people.some(({ customerId }) => customerId === customer))
      continue
    scenario.sent.set(event.id, event)
    about.add(event.id)
    scenario.deliveries.push(scenario.sender.deliver(webhookUrl, event))
  }
}

function customerOf(object: object): unknown {
  return 'customer' in object ? object.customer : null
}

/** Comes back from the portal to a page that loads, with access as before; or else what was seen. */
async function openBilling({ url }: Server, { session }: Person): Promise<string | undefined> {
  const headers = { Cookie: `authjs.session-token=${session}` }
  try {
    const page = await fetch(`${url}/settings/billing?return=portal`, { headers })
    await page.text()
    if (!page.ok) return `reloaded, the page answered ${page.status}`
    const status = await fetch(`${url}/api/billing/status`, { headers })
    const { tier }: { tier?: unknown } = Object(await status.json())
    return tier === ENTRY_PLAN.tier ? undefined : `reloaded, the plan is ${tier}`
  } catch (error) {
    return `reloaded, the page did not load: ${error instanceof Error ? error.message : error}`
  }
}
