import { deriveEntitlement } from '@/lib/entitlements/derive'
import type { AfterPorts, InboxPorts } from '@/lib/events/ports'
import type { SyncPorts } from '@/lib/sync/ports'
import type { MemoryLedger } from './memory-ledger'
import type { Random } from './random'
import type { Timeline } from './timeline'
import type { Truth } from './truth'

export type Faults = { active: boolean }

type World = {
  time: Timeline
  random: Random
  truth: Truth
  ledger: MemoryLedger
  faults: Faults
  /** Called with what each commit had read, in the order of the commits. */
  committed(version: number): void
}

/** One running instance of the application: its ports may fail, hang, lose an answer, or die. */
export type Process = {
  ports: SyncPorts & AfterPorts
  ingest: InboxPorts['ingestEvent']
}

// How likely each misfortune is at each of the two sides of a call.
const CRASH = 0.03
const FAIL = 0.07
const FREEZE = 0.01

/** Every call of a port takes time on both sides of its effect, and can go wrong on both. */
export function startProcess({ time, random, truth, ledger, faults, committed }: World): Process {
  let dead = false
  let read = 0

  async function travel() {
    await time.sleep(random.between(1, 400))
    if (dead) await forever()
    if (!faults.active) return
    if (random.chance(CRASH)) {
      dead = true
      await forever()
    }
    if (random.chance(FREEZE)) await time.sleep(random.between(40_000, 100_000))
    if (random.chance(FAIL)) throw new Error('The call failed.')
  }

  async function call<T>(effect: () => T): Promise<T> {
    await travel()
    const result = effect()
    await travel()
    return result
  }

  return {
    ingest: (event) => call(() => ledger.ingestEvent(event)),
    ports: {
      ledger: {
        claimTarget: (_, options) => call(() => ledger.claimTarget(options)),
        claimDue: () => call(() => ledger.claimDue()),
        applySync: (claim, change, manner) =>
          call(() => {
            const applied = ledger.applySync(claim, change, manner)
            if (applied.applied) committed(read)
            return applied
          }),
        failTarget: (claim, _, manner) => call(() => ledger.failTarget(claim, manner)),
        listHolders: () => Promise.reject(new Error('The catalogue does not change here.')),
      },
      stripe: {
        listSubscriptions: () =>
          call(() => {
            read = truth.version()
            return truth.subscriptions()
          }),
        retrieveCustomer: () => Promise.reject(new Error('The customer is always known here.')),
        retrieveCharge: () => Promise.reject(new Error('Nobody disputes here.')),
        listPricesOf: () => Promise.reject(new Error('The catalogue does not change here.')),
      },
      pace: async () => {},
      clock: { now: () => new Date(time.now()) },
      sleep: (milliseconds) => time.sleep(milliseconds),
      prices: { pro: {}, studio: {} },
      appEnv: 'test',
      livemode: false,
      rememberCommitted: async () => {},
      mayHelp: async () => true,
      deliverEffects: async () => {},
    },
  }
}

/** What access should be, given nothing but the truth. */
export function deservedTier(ledger: MemoryLedger, now: Date): string {
  const subscriptions = [...ledger.subscriptions.values()]
  return deriveEntitlement({ subscriptions, overrides: [], previous: null, now }).entitlement.tier
}

function forever(): Promise<never> {
  return new Promise(() => {})
}
