import { type Clock, realClock } from '@/lib/clock'

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

  const ask = async () => {
    try {
      ahead = await offsetAt(base)
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
async function offsetAt(base: URL): Promise<number> {
  const response = await fetch(new URL('/_sandbox/health', base), {
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const { now }: { now?: unknown } = Object(await response.json())
  if (typeof now !== 'number') throw new TypeError(`${base.host} answers no time.`)
  const offset = now - Math.floor(realClock.now().getTime() / 1000)
  // A second ends between its reading of the clock and ours: not a clock that was moved.
  return Math.abs(offset) <= 1 ? 0 : offset
}

function shifted(seconds: number): Date {
  return new Date(realClock.now().getTime() + seconds * 1000)
}
