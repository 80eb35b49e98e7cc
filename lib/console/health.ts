import { readMetrics } from '@/db/queries/metrics'
import { PATIENCE, within } from '@/lib/deadline'
import type { Finding } from '@/lib/doctor/check'
import { examine } from '@/lib/doctor/examine'
import { openPlaces } from '@/lib/doctor/places'
import { readWords } from '@/lib/doctor/read-words'
import { env, givenVariables } from '@/lib/env'
import { checkHealth } from '@/lib/health/check'
import { readsPerMinute } from '@/lib/redis/reads-per-minute'
import { requestCounts } from '@/lib/stripe/request-count'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { CURES } from './cures'

/** Whether someone must look, with what to do, and how much waits. */
export async function readHealthPage() {
  const { databaseFingerprint, stripe } = env()
  const [health, figures, reads] = await Promise.all([
    checkHealth(),
    within(PATIENCE.monitor, () => readMetrics(PARKED_AFTER)),
    readsPerMinute(databaseFingerprint, { minutes: 60, now: Date.now() }),
  ])
  const checks = Object.entries(health.checks).map(([name, verdict]) => ({
    name,
    verdict,
    cure:
      verdict === 'failed'
        ? (Object.entries(CURES).find(([key]) => key === name)?.[1] ?? null)
        : null,
  }))
  return {
    ...{ status: health.status, checks, figures, reads },
    limit: stripe.readsPerSecond,
    calls: requestCounts(),
  }
}

/** Everything that `npm run doctor` looks at, from here, which takes some seconds. Never throws. */
export async function runDoctor(): Promise<Finding[]> {
  const { words } = readWords(givenVariables(), process.version)
  return within(PATIENCE.job, () => examine({ words, places: openPlaces(env(), null) }))
}
