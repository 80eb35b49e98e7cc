import { setTimeout as wait } from 'node:timers/promises'
import type Stripe from 'stripe'
import { callCron } from '@/scripts/proof/cron'
import { DELIVERED } from '@/scripts/proof/feed'
import {
  buy,
  cancel,
  type Person,
  planEnd,
  signUp,
  upgrade,
  type World,
} from '@/scripts/proof/people'
import type { Sender } from '@/scripts/proof/sender'
import type { Server } from '@/scripts/proof/server'
import type { Point } from './points'

/** Everybody and everything that was sent about them. */
export type Cast = {
  world: World
  sender: Sender
  cronSecret: string
  people: Person[]
  /** Who has bought, and is at rest. Each is used once: afterwards their lease may be held. */
  regulars: Person[]
  sent: Map<string, Stripe.Event>
  /** Deliveries under way; Stripe does not give up. */
  deliveries: Promise<void>[]
  /** Runs of sweep points under way: no other sweep may take what they wait for. */
  sweeping: number
}

/** One death: whom it is about, what leads to it, and what happens once the server is back. */
export type Telling = {
  /** Their id, and those of the events that are sent. Empty: whoever comes first. */
  about: Set<string>
  before(server: Server, dead: () => boolean): Promise<void>
  after(server: Server): Promise<void>
  /** Stripe does not answer about this customer. */
  outage?: boolean
}

/** Whether the `round`th death at a point is about somebody who has bought before. */
export function isOfRegular({ story }: Point, round: number): boolean {
  return story === 'webhook' ? round % 3 === 1 : story !== 'stranger' && story !== 'sweep'
}

/** How the `round`th death at a point comes about. */
export async function tell(cast: Cast, point: Point, round: number): Promise<Telling> {
  const { world } = cast
  const { story } = point
  if (story === 'sweep') return sweep(cast)
  const isNew = !isOfRegular(point, round)
  const person = isNew ? await join(cast) : regular(cast)
  const about = new Set([person.customerId])
  const nothing = async () => {}
  const post = (server: Server) => deliverNews(cast, server, person, about)
  const change = () => {
    if (isNew) return buy(world, person, round % 3 === 2 ? 'pm_card_chargeCustomerFail' : undefined)
    return round % 2 === 0 ? planEnd(world, person, true) : upgrade(world, person)
  }
  if (story === 'resend') {
    const old = [...cast.sent.values()].find(
      ({ data }) => customerOf(data.object) === person.customerId,
    )
    const again = async ({ webhookUrl }: Server) => {
      if (old) cast.deliveries.push(cast.sender.deliver(webhookUrl, old))
    }
    return { about, before: again, after: nothing }
  }
  await change()
  if (story === 'visit') return { about, before: (server) => visit(server, person), after: post }
  if (story === 'overtaken') {
    const end = async (server: Server) => {
      await cancel(world, person)
      await post(server)
    }
    return { about, before: post, after: end }
  }
  return { about, before: post, after: nothing, outage: story === 'outage' }
}

/** Somebody who has bought, told by webhooks to a server that lives. */
export async function addRegular(cast: Cast, server: Server): Promise<void> {
  const person = await join(cast)
  await buy(cast.world, person)
  await deliverNews(cast, server, person)
  cast.regulars.push(person)
}

async function join(cast: Cast): Promise<Person> {
  const person = await signUp(cast.world)
  cast.people.push(person)
  return person
}

function regular({ regulars }: Cast): Person {
  const person = regulars.shift()
  if (!person) throw new Error('There are more stories than regular customers.')
  return person
}

/** Starts to deliver what Stripe has to say of a person and has not said yet. */
async function deliverNews(
  cast: Cast,
  { webhookUrl }: Server,
  person: Person,
  about = new Set<string>(),
): Promise<void> {
  const { data } = await cast.world.stripe.events.list({ types: DELIVERED, limit: 100 })
  for (const event of data.reverse()) {
    if (cast.sent.has(event.id) || customerOf(event.data.object) !== person.customerId) continue
    cast.sent.set(event.id, event)
    about.add(event.id)
    cast.deliveries.push(cast.sender.deliver(webhookUrl, event))
  }
}

function customerOf(object: object): unknown {
  return 'customer' in object ? object.customer : null
}

/** Comes back from the portal; whether the page loads is not what is asked here. */
async function visit({ url }: Server, { session }: Person): Promise<void> {
  const headers = { Cookie: `authjs.session-token=${session}` }
  void fetch(`${url}/settings/billing?return=portal`, { headers })
    .then((page) => page.text())
    .catch(() => {})
}

/** Sweeps until there is something to sweep: what an earlier death left behind. */
function sweep(cast: Cast): Telling {
  cast.sweeping += 1
  return {
    about: new Set(),
    async before(server, dead) {
      while (!dead()) await Promise.race([callCron(server, cast.cronSecret), wait(1_000)])
      cast.sweeping -= 1
    },
    after: async () => {},
  }
}
