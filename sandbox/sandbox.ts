import { type Clock, openClock } from './clock'
import { writeEvents } from './events/write'
import { followEntitlements } from './lifecycle/entitlements/follow'
import type { CliSessions, Deliverer, Scheduler } from './parts'
import type { Settings } from './settings'
import { openStore, type Store } from './store/store'
import { type Cause, type Outcome, type Tx, transact } from './store/transaction'

/** A running local Stripe. Everything that changes it goes through `change`. */
export interface Sandbox {
  settings: Settings
  clock: Clock
  store: Store
  deliverer: Deliverer
  scheduler: Scheduler
  /** The Stripe CLIs that listen. */
  cli: CliSessions
  /**
   * Runs `work` as one transaction, after everything that was due before now: by the test clock of
   * what it is `about`, else by the sandbox's.
   */
  change<T>(cause: Cause, work: (tx: Tx) => T, about?: readonly string[]): T
  /** As `change`, for a page about the object with this id. */
  changeFor<T>(about: string, work: (tx: Tx) => T): T
}

/** Runs `work` at the business instant `now`, writes its events, and wakes what waits for them. */
export function changeAt<T>(sandbox: Sandbox, now: number, cause: Cause, work: (tx: Tx) => T): T {
  let planned: string[] = []
  let touched: ReturnType<Outcome['touched']> = []
  const result = transact(
    sandbox.store,
    { now, cause, url: sandbox.settings.url },
    work,
    (tx, outcome) => {
      followEntitlements(tx, outcome)
      planned = writeEvents(tx, outcome, sandbox.clock)
      touched = outcome.touched()
    },
  )
  sandbox.scheduler.touch(touched)
  sandbox.deliverer.add(planned)
  if (!sandbox.cli.listened()) return result
  for (const [kind, id] of touched) if (kind === 'event') emitToCli(sandbox, id)
  return result
}

function emitToCli(sandbox: Sandbox, id: string) {
  const event = sandbox.store.find('event', id)
  if (event) sandbox.cli.send(event)
}

/** Opens the state kept in `dir` (null: in memory) and the clock as it was left. */
export function openState(dir: string | null): { store: Store; clock: Clock } {
  const store = openStore(dir)
  return { store, clock: openClock(Number(store.find('setting', CLOCK_OFFSET)?.value ?? 0)) }
}

/** The setting under which the clock's offset is kept. */
export const CLOCK_OFFSET = 'clock_offset'
