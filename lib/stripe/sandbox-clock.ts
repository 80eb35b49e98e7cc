import type { Agent } from 'node:http'
import { type Clock, realClock } from '@/lib/clock'
import { agentFor, getJson } from './get-json'

// It is on this machine: later than this it is stopped, or stuck.
const PATIENCE_MS = 1000

/**
 * Business time by the clock of the sandbox at `base`. Nothing is remembered while it answers: the
 * first read after a jump must already see the new day. While it does not, time goes on from where
 * it last was, because business time never goes back; until it first answers, that is real time.
 */
export function sandboxClock(base: URL): Clock {
  let ahead = 0
  let asking: Promise<number> | undefined
  let askAgainAt = 0
  const agent = agentFor(base)

  const ask = async () => {
    try {
      ahead = await offsetAt(base, agent)
    } catch {
      // Each page would wait for a sandbox that is gone.
      askAgainAt = performance.now() + PATIENCE_MS
    } finally {
      asking = undefined
    }
    return ahead
  }
  return {
    async now() {
      if (performance.now() < askAgainAt) return shifted(ahead)
      asking ??= ask()
      return shifted(await asking)
    },
  }
}

// In seconds: what the sandbox answers has no fractions.
async function offsetAt(base: URL, agent: Agent): Promise<number> {
  const health = new URL('/_sandbox/health', base)
  const { now }: { now?: unknown } = Object(
    await getJson(health, { agent, patienceMs: PATIENCE_MS }),
  )
  if (typeof now !== 'number') throw new TypeError(`${base.host} answers no time.`)
  const offset = now - Math.floor(realClock.now().getTime() / 1000)
  // A second ends between its reading of the clock and ours: not a clock that was moved.
  return Math.abs(offset) <= 1 ? 0 : offset
}

function shifted(seconds: number): Date {
  return new Date(realClock.now().getTime() + seconds * 1000)
}
