import type { NewEvent } from '@/db/queries/ledger'
import { ending } from './ending'
import type { Fate, FaultPlan } from './fault-plan'
import { ALL_GUARDS, type Guards } from './guards'
import { workspaceOf } from './history'
import type { Random } from './random'
import { Sender } from './sender'
import { StripeModel } from './stripe-model'
import { Tally } from './tally'
import { newWorld, START } from './world'

/** The life that is played in every order: bought, fell due, ended. */
const EVENTS = 6
// Shorter than a way there and back, so that events meet reads that are under way.
const SLOT_MS = 50
const WAY_MS = 40

/** One of the ways in which the same events can arrive. */
type Way = {
  /** Which event arrives in each slot; an event may come twice. */
  order: number[]
  /** At which side of which call a process dies; null: at none. */
  crashAt: number | null
}

/**
 * Every order of the first `events` events, alone and with each of them a second time in the end,
 * and for each a crash at every side of every call. A change happens as late as its event allows.
 * @returns how many histories that were, and the first that ended wrong
 */
export async function exhaustive({
  events = EVENTS,
  guards = ALL_GUARDS,
} = {}): Promise<{ played: number; wrong: string[] }> {
  let played = 0
  for (const order of orders(events)) {
    for (const twice of [[], ...order.map((event) => [event])]) {
      const way = { order: [...order, ...twice], crashAt: null }
      const whole = await playWay(way, guards)
      played += 1
      if (whole.wrong.length > 0) return { played, wrong: named(way, whole.wrong) }
      for (let crashAt = 1; crashAt <= whole.sides; crashAt += 1) {
        played += 1
        const { wrong } = await playWay({ ...way, crashAt }, guards)
        if (wrong.length > 0) return { played, wrong: named({ ...way, crashAt }, wrong) }
      }
    }
  }
  return { played, wrong: [] }
}

async function playWay({ order, crashAt }: Way, guards: Guards) {
  const random = scripted()
  const faultPlan = new OneCrash(crashAt)
  const world = newWorld(random, faultPlan, '1', { guards })
  const stripeModel = new StripeModel('1', workspaceOf(1), random, world.shop)
  const sender = new Sender(world, '1')
  world.stripeModels.set(stripeModel.customerId, stripeModel)
  world.ledger.insertCustomer({
    id: stripeModel.customerId,
    workspaceId: stripeModel.workspaceId,
    livemode: false,
  })
  const made: NewEvent[] = []
  for (const [slot, event] of order.entries()) {
    await world.time.run(START + slot * SLOT_MS)
    while (made.length <= event) {
      made.push(...stripeModel.change(world.time.now).map((emitted) => sender.make(emitted)))
    }
    const arrives = made[event]
    if (arrives) void sender.send(arrives)
  }
  // What the last change says beyond the events that are played arrives in the end.
  for (const [n, event] of made.entries()) if (!order.includes(n)) void sender.send(event)
  const wrong = await ending(world, sender.made)
  return { wrong, sides: faultPlan.sides }
}

class OneCrash implements FaultPlan {
  readonly redisAway = false
  tally = new Tally()
  /** How many sides of calls there were. */
  sides = 0
  readonly #crashAt: number | null

  constructor(crashAt: number | null) {
    this.#crashAt = crashAt
  }

  delay(): number {
    return WAY_MS
  }

  freeze(): number {
    return 0
  }

  fate(): Fate {
    this.sides += 1
    return this.sides === this.#crashAt ? 'crashes' : 'arrives'
  }

  dropsAfter(): boolean {
    return false
  }

  refuses(): boolean {
    return false
  }
}

// Chance that makes the life: bought; fell due at the first attempt; ended. All else takes its least.
function scripted(): Random {
  const script = [2, 1, 4]
  return {
    next: () => 0,
    between: (low, high) => (high <= 6 ? (script.shift() ?? low) : low),
    chance: () => false,
    pick: (from) => from[0],
  }
}

function* orders(events: number, begun: number[] = []): Generator<number[]> {
  if (begun.length === events) yield begun
  for (let event = 0; event < events; event += 1) {
    if (!begun.includes(event)) yield* orders(events, [...begun, event])
  }
}

function named({ order, crashAt }: Way, wrong: string[]): string[] {
  return [`Order ${order.join(' ')}, crash at ${crashAt ?? 'no side'}:`, ...wrong]
}
