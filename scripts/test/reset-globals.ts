import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Forgets what ours keeps across bundles (db/client.ts says why), on the global object under its own name.
 * A storage stays: it holds nothing between two calls, and Node 20 and 22 hand on each one that was ever entered
 * at every promise, so that one more for each test file would make every file slower than the one before.
 */
export function resetGlobals(): void {
  for (const [name, kept] of Object.entries(globalThis)) {
    if (!name.startsWith('ledgerline') || kept instanceof AsyncLocalStorage) continue
    Reflect.deleteProperty(globalThis, name)
  }
}
