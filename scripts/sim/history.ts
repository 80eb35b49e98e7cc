import type { UserId } from '@/lib/ids'
import { drain } from '@/lib/sync/drain'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { verdict } from './check/verdict'
import { ALL_GUARDS, type Guards } from './guards'
import { MemoryLedger } from './memory-ledger'
import { Process } from './process'
import { seeded } from './random'
import { type Call, RecordedLedger } from './recorded-ledger'
import { Sender } from './sender'
import { type Quiet, Timeline } from './timeline'
import { sessionOf, Truth } from './truth'
import { RandomWeather } from './weather'
import type { World } from './world'

const START = Date.parse('2026-11-23T12:00:00Z')
const MINUTE = 60_000
// Things go wrong for this long; then the world is kind, and the books must become true.
const TROUBLE = 10 * MINUTE
// Backoffs that began in the trouble end within this many minutes, and with them every excuse.
const PATIENCE = 240

export type Options = {
  guards?: Guards
  quiet?: Quiet
  /** Hears every step that the ledger takes, in its order. */
  heard?: (call: Call) => void
}

/**
 * One user's history under faults: the production algorithm over ports in memory, in virtual time.
 * The same seed tells the same history, on every machine and by however many workers.
 * @returns what was wrong in the end; empty when nothing was
 */
export async function history(seed: number, options: Options = {}): Promise<string[]> {
  return (await tell(seed, options)).wrong
}

/** The same, with the books that the history leaves. */
export async function tell(seed: number, options: Options = {}) {
  const world = newWorld(seed, options)
  const { time, weather, ledger } = world
  const sender = new Sender(world, `${seed}`)
  const first = new Truth(`${seed}`, userOf(seed), world.random)
  world.truths.set(first.customerId, first)
  // Somebody may have made the customer in the dashboard: then our books have never heard of it.
  if (world.random.chance(0.8)) ledger.insertCustomer(rowOf(first))
  ledger.openIntent(sessionOf(`${seed}`), first.userId)

  void live(world, sender, first, seed)
  void visit(world, first.userId)
  for (let minute = 1; minute <= TROUBLE / MINUTE; minute += 1) {
    await time.run(START + minute * MINUTE)
    for (let n = weather.sweeps(); n > 0; n -= 1) sweep(world)
  }
  weather.fair = true
  for (const truth of world.truths.values()) truth.namePrices()
  await settle(world)
  await bury(world)
  return { wrong: [...world.wrong, ...verdict(world, sender.made)], tables: ledger.tables }
}

type Told = World & { weather: RandomWeather; wrong: string[] }

function newWorld(seed: number, { guards = ALL_GUARDS, quiet = 'tick', heard }: Options): Told {
  const random = seeded(seed)
  const time = new Timeline(START, quiet)
  const weather = new RandomWeather(random, START)
  const ledger = heard
    ? new RecordedLedger(heard, time, random, guards)
    : new MemoryLedger(time, random, guards)
  const newest = new Map<string, number>()
  const wrong: string[] = []
  return {
    ...{ time, random, weather, ledger, guards, wrong, truths: new Map(), hung: [] },
    committed(key, version) {
      const before = newest.get(key) ?? 0
      if (version < before) wrong.push(`A read of version ${version} was committed over ${before}.`)
      newest.set(key, Math.max(before, version))
    },
  }
}

// Quick at first, because a burst is where order is lost; then with pauses.
async function live(world: World, sender: Sender, truth: Truth, seed: number): Promise<void> {
  const { time, random } = world
  for (let n = random.between(3, 8); n > 0; n -= 1) {
    for (const emitted of truth.change(time.now)) sender.emit(emitted)
    await time.sleep(random.chance(0.6) ? random.between(0, 900) : random.between(900, 40_000))
  }
  if (random.chance(0.8)) return
  for (const emitted of truth.delete()) sender.emit(emitted)
  if (world.truths.size === 1 && random.chance(0.7)) await comeBack(world, sender, truth, seed)
}

// The user buys again: our checkout makes another customer once it knows that the first is gone.
async function comeBack(world: World, sender: Sender, gone: Truth, seed: number): Promise<void> {
  const { time, random, ledger } = world
  const next = new Truth(`${seed}b`, gone.userId, random)
  for (let n = 0; n < 10; n += 1) {
    await time.sleep(random.between(5_000, 60_000))
    if (ledger.tables.customer(next.customerId)) {
      world.truths.set(next.customerId, next)
      return live(world, sender, next, seed)
    }
    if (!ledger.tables.customer(gone.customerId)?.deletedAt) continue
    void new Process(world).insertCustomer(rowOf(next)).catch(() => {})
  }
}

async function visit(world: World, userId: UserId): Promise<void> {
  const { time, random, weather } = world
  for (let n = random.between(0, 3); n > 0; n -= 1) {
    await time.sleep(random.between(0, 60_000))
    const customer = world.ledger.tables.livingCustomer(userId)
    if (!customer) continue
    const process = new Process(world)
    const later = (work: () => Promise<void>) => {
      if (!weather.dropsAfter()) void work().catch(() => {})
    }
    const options = { later, customer: random.chance(0.2) }
    void syncCustomer(process, customer.id, { type: 'user', id: userId }, options).catch(() => {})
  }
}

// A sweep of clean books does nothing, so only the others are told.
function sweep(world: World): void {
  if (!world.guards.sweep || !world.ledger.isDirty()) return
  void drain(new Process(world), 'cron', MINUTE).catch(() => {})
}

// While the books are clean, time jumps to whatever happens next.
async function settle(world: Told): Promise<void> {
  const { time, ledger } = world
  for (let patience = PATIENCE; patience > 0; ) {
    const next = time.next()
    if (ledger.isDirty()) {
      patience -= 1
      sweep(world)
      await time.run(time.now + MINUTE)
    } else if (next === null) break
    else await time.run(next)
  }
}

// The deadline of a read is a real timer, and would keep all of this history in memory until it rings.
async function bury({ time, hung }: World): Promise<void> {
  for (const reject of hung) reject(new Error('The history is over.'))
  await time.run(time.now)
}

function rowOf({ customerId: id, userId }: Truth) {
  return { id, userId, livemode: false }
}

export function userOf(seed: number): UserId {
  return `00000000-0000-4000-8000-${seed.toString(16).padStart(12, '0')}`
}
