import { ApiError } from '@/sandbox/http/api-error'
import { randomText } from '@/sandbox/ids'
import { changeAt, type Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

// Stripe keeps the old secret for a day at most.
const LONGEST_SECONDS = 86_400

/** Gives an endpoint a new signing secret. The old ones go on signing for `expires_in` real seconds. */
export function rollSecret(sandbox: Sandbox, endpoint: string, body: string): { secret: string } {
  const { expires_in: seconds = LONGEST_SECONDS } = parseJson(body || '{}')
  if (!Number.isInteger(seconds) || Number(seconds) < 0 || Number(seconds) > LONGEST_SECONDS)
    throw ApiError.invalid(`"expires_in" must be a whole number from 0 to ${LONGEST_SECONDS}.`)
  const until = Math.floor(sandbox.clock.real() / 1000) + Number(seconds)
  const secret = `whsec_${randomText(32)}`
  changeAt(sandbox, sandbox.clock.now(), null, (tx) => {
    tx.get('webhook_endpoint', endpoint)
    const kept = tx.edit('signing_secret', endpoint)
    const older = kept.secrets.map((each) => ({
      ...each,
      until: Math.min(each.until ?? until, until),
    }))
    kept.secrets = [{ value: secret, until: null }, ...older]
  })
  return { secret }
}
