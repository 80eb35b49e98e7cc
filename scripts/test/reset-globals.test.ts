import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, expect, it } from 'vitest'
import { resetGlobals } from './reset-globals'

const kept = globalThis as typeof globalThis & {
  ledgerlineNumber?: number
  ledgerlineStorage?: AsyncLocalStorage<number>
  other?: number
}

afterEach(() => {
  for (const name of ['ledgerlineNumber', 'ledgerlineStorage', 'other'])
    Reflect.deleteProperty(kept, name)
})

it('what ours keeps for the process begins anew with each test file, and a storage, always empty, serves them all', () => {
  const storage = new AsyncLocalStorage<number>()
  Object.assign(kept, { ledgerlineNumber: 1, ledgerlineStorage: storage, other: 2 })
  resetGlobals()
  expect(kept).not.toHaveProperty('ledgerlineNumber')
  expect(kept.ledgerlineStorage).toBe(storage)
  expect(kept.other).toBe(2)
})
