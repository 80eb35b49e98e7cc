import { ApiError } from '@/sandbox/http/api-error'
import { shiftClock } from '@/sandbox/lifecycle/shift-clock'
import type { Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

/** Moves business time forward, by `advance` seconds or to the instant `to`. */
export function moveClock(sandbox: Sandbox, body: string) {
  shiftClock(sandbox, secondsOf(body, sandbox.clock.now()))
  return { now: sandbox.clock.now() }
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
