import { CALM, type Chaos, setChaos } from '@/sandbox/chaos/chaos'
import { OLDER_VERSIONS } from '@/sandbox/deliveries/older/versions'
import { ApiError } from '@/sandbox/http/api-error'
import { changeAt, type Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

// A month late is later than Stripe can be, and a day is longer than a developer watches.
const MOST: Record<string, number> = {
  late_seconds: 31 * 86_400,
  delay_seconds: 86_400,
  rate_limit: 1000,
}

const VERSIONS = ['', ...OLDER_VERSIONS]

/** Switches what the body names, and answers with all switches. Anything else in it is refused. */
export function changeChaos(sandbox: Sandbox, body: string): Chaos {
  const change: Partial<Chaos> = {}
  for (const [name, value] of Object.entries(parseJson(body))) {
    const calm = Object.entries(CALM).find(([known]) => known === name)?.[1]
    if (calm === undefined)
      throw ApiError.invalid(`There is no "${name}". There are: ${Object.keys(CALM).join(', ')}.`)
    if (typeof value !== typeof calm || !isInRange(name, value))
      throw ApiError.invalid(`"${name}" must be ${wordsFor(name)}.`)
    Object.assign(change, { [name]: value })
  }
  return changeAt(sandbox, sandbox.clock.now(), null, (tx) => setChaos(tx, change))
}

function isInRange(name: string, value: unknown): boolean {
  if (name === 'api_version') return VERSIONS.some((known) => known === value)
  const most = MOST[name]
  if (most === undefined) return true
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most
}

function wordsFor(name: string): string {
  if (name === 'api_version') return `one of: "${VERSIONS.join('", "')}"`
  const most = MOST[name]
  return most === undefined ? 'true or false' : `a whole number from 0 to ${most}`
}
