import { afterAll, vi } from 'vitest'
import { resetGlobals } from './test/reset-globals'
import { resetOurs } from './test/reset-ours'
import { keepStripeStacksPlain } from './test/stripe-stacks'

// Runs before each test file. A worker runs many, one after the other: what npm brought stays loaded,
// which is most of what a file takes to load, and what is ours begins as in a process of its own.
resetOurs()
resetGlobals()
keepStripeStacksPlain()
const before = { ...process.env }

afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  for (const name of Object.keys(process.env)) {
    if (!(name in before)) Reflect.deleteProperty(process.env, name)
  }
  Object.assign(process.env, before)
})
