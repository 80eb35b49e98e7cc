import { userActor } from '@/lib/audit/actor'
import type { UserId, WorkspaceId } from '@/lib/ids'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { keepShop, nameUnknownPrice } from './edit-prices'
import { drainByCron, ending } from './ending'
import { RandomFaultPlan } from './fault-plan'
import { Process } from './process'
import { seeded } from './random'
import { Sender } from './sender'
import { StripeModel, sessionOf } from './stripe-model'
import { weekOf } from './week'
import { newWorld, type Options, START, type World } from './world'

const MINUTE = 60_000
// Things go wrong for this long; then the world is kind, and the records must agree with Stripe.
const TROUBLE = 10 * MINUTE

/**
 * One workspace's history under faults: the production algorithm over ports in memory, in virtual time.
 * The same seed plays the same history, on every machine and by however many workers.
 * @returns what was wrong in the end; empty when nothing was
 */
export async function history(seed: number, options: Options = {}): Promise<string[]> {
  return (await playHistory(seed, options)).wrong
}

/** The same, with the records that the history leaves and the faults that it had. */
export async function playHistory(seed: number, options: Options = {}) {
  const random = seeded(seed)
  const isWeek = random.chance(WEEKS)
  const week = options.week ?? isWeek
  const world = newWorld(random, new RandomFaultPlan(random, START), `${seed}`, options)
  const { time, faultPlan, ledger, tally } = world
  const sender = new Sender(world, `${seed}`, week ? 0.2 : random.pick(LOST))
  const first = new StripeModel(`${seed}`, workspaceOf(seed), random, world.shop)
  world.stripeModels.set(first.customerId, first)
  // An operator may have made the customer in the dashboard: then our records do not have it.
  if (random.chance(0.8)) ledger.insertCustomer(rowOf(first))
  else {
    tally.add('unknownCustomer')
    first.named = random.chance(0.5)
  }
  ledger.openIntent(sessionOf(`${seed}`), first.workspaceId)

  void live(world, sender, first, seed, week ? 40 : 1)
  void visit(world, first.workspaceId)
  if (week || random.chance(0.08)) void keepShop(world, sender, week ? WEEK : TROUBLE)
  if (week) await weekOf(world)
  else {
    for (let minute = 1; minute <= TROUBLE / MINUTE; minute += 1) {
      await time.run(START + minute * MINUTE)
      for (let n = faultPlan.drains(); n > 0; n -= 1) drainByCron(world)
    }
  }
  faultPlan.fair = true
  nameUnknownPrice(world, sender)
  nameCustomer(world, sender, first)
  return { wrong: await ending(world, sender.made), tables: ledger.tables, tally }
}

// Of so many histories one is a week, which takes as long as a dozen.
const WEEKS = 1 / 500
const WEEK = 7 * 24 * 60 * MINUTE
// How much is lost for good: nothing, in most.
const LOST = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.2] as const

type FaultyWorld = World<RandomFaultPlan>

// Quick at first, because a burst is where order is lost; then with pauses. `slow` stretches both.
async function live(
  world: FaultyWorld,
  sender: Sender,
  stripeModel: StripeModel,
  seed: number,
  slow: number,
): Promise<void> {
  const { time, random, tally } = world
  for (let n = random.between(3, 8) * (slow > 1 ? 3 : 1); n > 0; n -= 1) {
    for (const emitted of stripeModel.change(time.now)) sender.emit(emitted)
    if (random.chance(0.03)) {
      tally.add('disputed')
      for (const emitted of stripeModel.dispute(time.now)) sender.emit(emitted)
    }
    if (random.chance(0.2)) nameCustomer(world, sender, stripeModel)
    if (random.chance(0.004)) sender.sendUnrecordable(stripeModel.unrecordable())
    if (world.faultPlan.fair) nameUnknownPrice(world, sender)
    const quick = random.chance(0.6)
    await time.sleep(quick ? random.between(0, 900) : random.between(900, 40_000) * slow * slow)
  }
  if (random.chance(0.8)) return
  tally.add('deleted')
  for (const emitted of stripeModel.delete()) sender.emit(emitted)
  if (world.stripeModels.size === 1 && random.chance(0.7))
    await comeBack(world, sender, stripeModel, seed)
}

function nameCustomer({ tally }: FaultyWorld, sender: Sender, stripeModel: StripeModel): void {
  const said = stripeModel.name()
  if (said.length > 0) tally.add('named')
  for (const emitted of said) sender.emit(emitted)
}

// The user buys again: our checkout makes another customer once it knows that the first is gone.
async function comeBack(
  world: FaultyWorld,
  sender: Sender,
  gone: StripeModel,
  seed: number,
): Promise<void> {
  const { time, random, ledger, tally } = world
  const next = new StripeModel(`${seed}b`, gone.workspaceId, random, world.shop)
  for (let n = 0; n < 10; n += 1) {
    await time.sleep(random.between(5_000, 60_000))
    if (ledger.tables.customer(next.customerId)) {
      world.stripeModels.set(next.customerId, next)
      tally.add('returned')
      return live(world, sender, next, seed, 1)
    }
    if (!ledger.tables.customer(gone.customerId)?.deletedAt) continue
    void new Process(world).insertCustomer(rowOf(next)).catch(() => {})
  }
}

async function visit(world: World, workspaceId: WorkspaceId): Promise<void> {
  const { time, random, faultPlan, tally } = world
  for (let n = random.between(0, 3); n > 0; n -= 1) {
    await time.sleep(random.between(0, 60_000))
    const customer = world.ledger.tables.livingCustomer(workspaceId)
    if (!customer) continue
    tally.add('visited')
    const process = new Process(world)
    const later = (work: () => Promise<void>) => {
      if (!faultPlan.dropsAfter()) void work().catch(() => {})
    }
    const options = { later, customer: random.chance(0.2) }
    void syncCustomer(process, customer.id, userActor(userOf(1), workspaceId), options).catch(
      () => {},
    )
  }
}

function rowOf({ customerId: id, workspaceId }: StripeModel) {
  return { id, workspaceId, livemode: false }
}

export function workspaceOf(seed: number): WorkspaceId {
  return personalWorkspaceOf(userOf(seed))
}

export function userOf(seed: number): UserId {
  return `00000000-0000-4000-8000-${seed.toString(16).padStart(12, '0')}`
}
