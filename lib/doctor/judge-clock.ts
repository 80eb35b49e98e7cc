import { fail, ok, type Verdict, warn } from './check'

// Milliseconds. What NTP keeps is far below; a second of a header is cut off.
const CLOSE = 2_000
// A signature is refused from five minutes on, and the way and the queue take their part.
const APART = 60_000

/** What a difference between two clocks means, when `whose` is the other one. */
export function judgeClock(aheadMs: number, whose: string): Verdict {
  const apart = Math.abs(aheadMs)
  const detail = `${(apart / 1000).toFixed(1)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${whose}`
  const fix =
    'Set the clock by NTP: signatures of webhooks are refused when it is five minutes off.'
  if (apart > APART) return fail(detail, fix)
  return apart > CLOSE ? warn(detail, fix) : ok(`within ${CLOSE / 1000} s of ${whose}`)
}
