import { ApiError } from '@/sandbox/http/api-error'
import { CLOCK_OFFSET, changeAt, type Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

/** Moves business time forward, by `advance` seconds or to the instant `to`, and lets everything due on the way happen. */
export function moveClock(sandbox: Sandbox, body: string) {
  const { clock, scheduler } = sandbox
  const seconds = secondsOf(body, clock.now())
  clock.shift(seconds)
  // Before what is due happens: whoever is killed in the middle must not wake up in the past of what happened.
  changeAt(sandbox, clock.now(), null, (tx) => {
    const setting = { id: CLOCK_OFFSET, value: String(clock.offset()) }
    if (tx.find('setting', CLOCK_OFFSET)) tx.edit('setting', CLOCK_OFFSET).value = setting.value
    else tx.insert('setting', setting)
  })
  scheduler.settle()
  return { now: clock.now() }
}

function secondsOf(body: string, now: number): number {
  const asked = parseJson(body)
  const seconds =
    typeof asked.advance === 'number'
      ? asked.advance
      : typeof asked.to === 'number'
        ? asked.to - now
        : Number.NaN
  if (Number.isInteger(seconds) && seconds >= 0) return seconds
  throw ApiError.invalid(
    'Send {"advance": seconds} or {"to": unix seconds}. The clock only goes forwards.',
  )
}
