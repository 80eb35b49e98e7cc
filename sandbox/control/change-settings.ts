import { ApiError } from '@/sandbox/http/api-error'
import {
  AFTER_RETRIES,
  type Dunning,
  setDunning,
  USUAL_DUNNING,
} from '@/sandbox/lifecycle/dunning/policy'
import { changeAt, type Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

// Stripe's longest window is two months; more attempts than this show nothing new.
const MOST_RETRIES = 8
const LONGEST_DAYS = 60

/** Changes the settings that the body names, and answers with all. Anything else in it is refused. */
export function changeSettings(sandbox: Sandbox, body: string): Dunning {
  const given = Object.entries(parseJson(body))
  const change = Object.fromEntries(given.map(([name, value]) => [name, checked(name, value)]))
  return changeAt(sandbox, sandbox.clock.now(), null, (tx) => setDunning(tx, change))
}

function checked(name: string, value: unknown): unknown {
  if (!isKnown(name))
    throw ApiError.invalid(
      `There is no "${name}". There are: ${Object.keys(USUAL_DUNNING).join(', ')}.`,
    )
  if (!FITS[name](value)) throw ApiError.invalid(`"${name}" must be ${WORDS[name]}.`)
  return value
}

const FITS: Record<keyof Dunning, (value: unknown) => boolean> = {
  retry_days: (value) =>
    Array.isArray(value) && value.length <= MOST_RETRIES && value.every(isDays),
  after_retries: (value) => AFTER_RETRIES.some((known) => known === value),
  pause_on_first_failure: (value) => typeof value === 'boolean',
}

const WORDS: Record<keyof Dunning, string> = {
  retry_days: `a list of at most ${MOST_RETRIES} whole numbers from 1 to ${LONGEST_DAYS}`,
  after_retries: `one of: ${AFTER_RETRIES.join(', ')}`,
  pause_on_first_failure: 'true or false',
}

function isKnown(name: string): name is keyof Dunning {
  return Object.hasOwn(USUAL_DUNNING, name)
}

function isDays(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LONGEST_DAYS
}
