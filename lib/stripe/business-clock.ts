import { type Clock, realClock } from '@/lib/clock'
import { env } from '@/lib/env'
import { sandboxClock } from './sandbox-clock'

/** The clock that business goes by: the sandbox's where that is the Stripe we talk to, else real time. */
export function businessClock(): Clock {
  const { apiBase } = env().stripe
  if (!apiBase) return realClock
  sandboxes ??= sandboxClock(apiBase)
  return sandboxes
}

// One for this process: what it learned of the sandbox's clock must outlive a request.
let sandboxes: Clock | undefined
