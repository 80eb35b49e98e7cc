import { writeEvents } from '@/sandbox/events/write'
import { optionalId } from '@/sandbox/ids'
import { openAgenda } from '@/sandbox/lifecycle/due/agenda'
import { type Dunning, setDunning } from '@/sandbox/lifecycle/dunning/policy'
import type { Deliverer } from '@/sandbox/parts'
import type { Sandbox } from '@/sandbox/sandbox'
import { openStore } from '@/sandbox/store/store'
import { type Outcome, type Tx, transact } from '@/sandbox/store/transaction'
import { openCliSessions } from '@/sandbox/stripecli/listen'

/** A local Stripe in this process, whose time goes on only when the test says so. */
export type Account = {
  sandbox: Sandbox
  /** Lets the next thing happen that is due by then, at its own instant. False: nothing is left to happen. */
  step(until: number): boolean
  /** Now it is then, in Unix seconds. Whatever was due on the way has been let happen. */
  moveTo(instant: number): void
  /** When failures of an invoice made its subscription past due, by the invoice's id. Unix seconds. */
  failures: ReadonlyMap<string, readonly number[]>
}

/**
 * A fresh account, at `now` (Unix seconds). Nothing listens; `events`: whether they are written,
 * for a test that delivers them.
 */
export function openAccount(
  now: number,
  dunning: Partial<Dunning>,
  { events = false } = {},
): Account {
  const clock = { at: now }
  const failures = new Map<string, number[]>()
  const store = openStore(null)
  const change = <T>(at: number, work: (tx: Tx) => T): T => {
    const touched: ReturnType<Outcome['touched']>[] = []
    const result = transact(store, { now: at, cause: null, url: URL }, work, (tx, outcome) => {
      touched.push(outcome.touched())
      noteFailures(tx, outcome, failures)
      if (events) writeEvents(tx, outcome, sandbox.clock)
    })
    for (const keys of touched) agenda.note(keys)
    return result
  }
  const sandbox: Sandbox = {
    settings: { url: URL, webhookSecret: null, retryDelays: [] },
    clock: {
      now: () => clock.at,
      real: () => clock.at * 1000,
      offset: () => 0,
      shift: () => {},
      reset: () => {},
    },
    store,
    deliverer: NO_ONE_LISTENS,
    scheduler: { touch: () => {}, settle: () => {}, stop: () => {} },
    cli: openCliSessions(() => sandbox),
    change: (_cause, work) => change(clock.at, work),
    changeFor: (_about, work) => change(clock.at, work),
  }
  const agenda = openAgenda(store, sandbox.settings)
  sandbox.change(null, (tx) => setDunning(tx, dunning))
  return {
    sandbox,
    step(until) {
      const next = agenda.next(null)
      if (!next || next.at > until) return false
      clock.at = Math.max(clock.at, next.at)
      change(clock.at, next.run)
      return true
    },
    moveTo(instant) {
      clock.at = instant
    },
    failures,
  }
}

const URL = 'http://stripe.test'

// Stripe keeps the instant in no object: it is when its events say so.
function noteFailures(tx: Tx, outcome: Outcome, failures: Map<string, number[]>) {
  for (const { type, id } of outcome.happenings) {
    if (type !== 'customer.subscription.updated') continue
    const before = outcome.before('subscription', id)
    const now = tx.find('subscription', id)
    const was = typeof before === 'object' && before && 'status' in before ? before.status : null
    const invoice = optionalId(now?.latest_invoice)
    if (was !== 'past_due' && now?.status === 'past_due' && invoice)
      failures.set(invoice, [...(failures.get(invoice) ?? []), tx.now])
  }
}

const NO_ONE_LISTENS: Deliverer = {
  add: () => {},
  pause: () => {},
  resume: () => {},
  paused: () => false,
  tried: () => Promise.resolve(),
  stop: () => {},
}
