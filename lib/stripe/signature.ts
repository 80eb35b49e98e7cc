import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether a `stripe-signature` header belongs to these bytes: null when it does, or the
 * reason to refuse, for the log only. Stricter than the SDK, which takes the last of
 * several `t`, any suffix after its digits, and any time in the future.
 */
export function refuseSignature(
  body: Uint8Array,
  header: string | null,
  secrets: readonly string[],
  now: Date,
): string | null {
  if (header === null) return 'no signature header'
  const parts = readHeader(header)
  if (!parts) return 'malformed signature header'
  const age = Math.floor(now.getTime() / 1000) - Number(parts.timestamp)
  if (Math.abs(age) > TOLERANCE_SECONDS) return `signed ${age} seconds ago`
  return isSigned(body, parts, secrets) ? null : 'no signature matches'
}

// Stripe signs anew at each attempt, so five minutes only has to cover the way here and two
// clocks that differ. Not a setting: a wrong value would switch replay protection off.
export const TOLERANCE_SECONDS = 300

// Stripe sends one signature for each live secret, at most two; five leave room and bound the work.
const MAX_SIGNATURES = 5
const MAX_HEADER_LENGTH = 1024

type Parts = { timestamp: string; signatures: string[] }

function readHeader(header: string): Parts | null {
  if (header.length > MAX_HEADER_LENGTH) return null
  const timestamps: string[] = []
  const signatures: string[] = []
  for (const part of header.split(',')) {
    const [, scheme, value = ''] =
      /^([a-z][a-z0-9]{0,15})=([\w+/.-]{1,256}={0,2})$/.exec(part) ?? []
    if (scheme === undefined) return null
    if (scheme === 't') timestamps.push(value)
    if (scheme === 'v1') signatures.push(value)
  }
  const [timestamp, ...more] = timestamps
  if (timestamp === undefined || more.length > 0 || !/^\d{10}$/.test(timestamp)) return null
  if (signatures.length === 0 || signatures.length > MAX_SIGNATURES) return null
  if (!signatures.every((signature) => /^[0-9a-f]{64}$/.test(signature))) return null
  return { timestamp, signatures }
}

// Every secret is tried against every signature, so that the time taken says nothing about which fits.
function isSigned(body: Uint8Array, parts: Parts, secrets: readonly string[]): boolean {
  const given = parts.signatures.map((signature) => Buffer.from(signature, 'hex'))
  let matches = 0
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret)
      .update(`${parts.timestamp}.`)
      .update(body)
      .digest()
    for (const signature of given) matches += Number(timingSafeEqual(signature, expected))
  }
  return matches > 0
}
