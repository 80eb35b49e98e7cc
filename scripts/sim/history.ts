import type { NewEvent } from '@/db/queries/ledger'
import { processEvent } from '@/lib/events/process'
import type { EventId } from '@/lib/ids'
import { drain } from '@/lib/sync/drain'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { verdict } from './check'
import { ALL_GUARDS, type Guards, memoryLedger } from './memory-ledger'
import { startProcess } from './process'
import { seeded } from './random'
import { timeline } from './timeline'
import { type Emitted, truth as newTruth } from './truth'

const START = Date.parse('2026-11-23T12:00:00Z')
const MINUTE = 60_000
// Things go wrong for this long; then the world is kind, and the books must become true.
const TROUBLE = 10 * MINUTE
// Backoffs that began in the trouble end within this, and with them every excuse.
const PATIENCE = 120

/**
 * One customer's history under faults: the production algorithm over ports in memory, in virtual
 * time. The same seed tells the same history.
 * @returns what was wrong in the end; empty when nothing was
 */
export async function history(seed: number, guards: Guards = ALL_GUARDS): Promise<string[]> {
  const random = seeded(seed)
  const time = timeline(START)
  const truth = newTruth(random)
  const ledger = memoryLedger('cus_1', 'user_1', time.now, random, guards)
  const faults = { active: true }
  const wrong: string[] = []
  let newest = 0
  const committed = (version: number) => {
    if (version < newest) wrong.push(`A read of version ${version} was committed over ${newest}.`)
    newest = Math.max(newest, version)
  }
  const world = { time, random, truth, ledger, faults, committed }
  let named = 0

  const send = async (event: NewEvent): Promise<void> => {
    let answered = false
    const attempt = async () => {
      const { ports, ingest } = startProcess(world)
      const { claim } = await ingest(event)
      answered = true
      await processEvent(ports, { eventId: event.id, claim })
    }
    // Stripe sends again until it hears a 2xx, whatever became of the one before.
    while (!answered) {
      void attempt().catch(() => {})
      await time.sleep(random.between(5_000, 30_000))
    }
  }
  const emit = (emitted: Emitted) => {
    named += 1
    const copies = random.chance(0.3) ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      const event = delivery(emitted, named, time.now())
      void time.sleep(random.between(0, 20_000)).then(() => send(event))
    }
    // Stripe sometimes makes two events of one fact.
    if (random.chance(0.1)) {
      named += 1
      const twin = delivery(emitted, named, time.now())
      void time.sleep(random.between(0, 20_000)).then(() => send(twin))
    }
  }
  const live = async () => {
    for (let n = random.between(3, 8); n > 0; n -= 1) {
      for (const emitted of truth.change(time.now())) emit(emitted)
      await time.sleep(random.chance(0.6) ? random.between(0, 900) : random.between(900, 40_000))
    }
  }
  const visit = async () => {
    for (let n = random.between(0, 3); n > 0; n -= 1) {
      await time.sleep(random.between(0, 60_000))
      const { ports } = startProcess(world)
      const later = (work: () => Promise<void>) => void work().catch(() => {})
      void syncCustomer(ports, 'cus_1', { type: 'user', id: 'user_1' }, { later }).catch(() => {})
    }
  }
  const sweep = () => void drain(startProcess(world).ports, 'cron', MINUTE).catch(() => {})

  void live()
  void visit()
  for (let minute = 1; minute <= TROUBLE / MINUTE; minute += 1) {
    await time.run(START + minute * MINUTE)
    // Vercel's cron may skip a run without a trace.
    if (!random.chance(0.1)) sweep()
  }
  faults.active = false
  for (let minute = 0; minute < PATIENCE; minute += 1) {
    sweep()
    await time.run(time.now() + MINUTE)
    const { dirtySeq, syncedSeq, leaseUntil } = ledger.target
    if (minute > 5 && dirtySeq === syncedSeq && leaseUntil <= time.now()) break
  }
  return [...wrong, ...verdict(truth, ledger, new Date(time.now()))]
}

function delivery({ type, objectId, attempt }: Emitted, n: number, now: number): NewEvent {
  const id: EventId = `evt_${n}`
  return {
    id,
    type,
    targetKey: 'cus_1',
    reason: null,
    objectId,
    customerId: 'cus_1',
    attempt,
    livemode: false,
    apiVersion: null,
    createdAt: new Date(now),
    payload: '',
    payloadSha256: '',
  }
}
