import { AsyncLocalStorage } from 'node:async_hooks'

/** What holds for all that a call does and awaits, without being handed down to it. */
export type Ambient<Value> = {
  /** What the nearest call around this one runs with. */
  get(): Value | undefined
  run<Result>(value: Value, work: () => Result): Result
}

/**
 * One of these by its key: a registered symbol (`Symbol.for`) where several bundles share it. All of them
 * stand in one storage of Node's, because Node 20 and 22 hand each storage that was ever entered to every new
 * promise of the process, and three more of them make each promise about a third more expensive.
 */
export function ambient<Value>(key: symbol): Ambient<Value> {
  return {
    // Safe: nothing but `run` below writes under this key.
    get: () => storage().getStore()?.[key] as Value | undefined,
    run: (value, work) => storage().run({ ...storage().getStore(), [key]: value }, work),
  }
}

type Kept = AsyncLocalStorage<Readonly<Record<symbol, unknown>>>

// Next bundles this file once for pages and once for routes.
function storage(): Kept {
  shared.ledgerlineAmbient ??= new AsyncLocalStorage()
  return shared.ledgerlineAmbient
}

// The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlineAmbient?: Kept }
