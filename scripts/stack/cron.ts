/**
 * Stands in for Vercel's cron, which runs in production only. What production does each minute comes
 * every ten seconds, the rest sooner, too: what is left over shows up while a person still watches. The
 * first failure in a row of each job is printed in one line, the rest are silent.
 * @returns a function that ends it
 */
export function startCron(appUrl: string, secret: string): () => void {
  let ended = false
  const timers = JOBS.map(({ job, seconds }) => {
    let failing = false
    return setInterval(async () => {
      const address = `${appUrl}/api/cron/${job}`
      const problem = await call(address, secret)
      if (problem && !failing && !ended) console.log(`The job at ${address} failed: ${problem}`)
      failing = problem !== null
    }, seconds * 1_000)
  })
  return () => {
    ended = true
    for (const timer of timers) clearInterval(timer)
  }
}

const JOBS = [
  { job: 'drain', seconds: 10 },
  { job: 'backfill', seconds: 60 },
  { job: 'reconcile', seconds: 600 },
  { job: 'anchor', seconds: 3_600 },
  { job: 'prune', seconds: 3_600 },
] as const

// What a function of ours may take.
const PATIENCE_MS = 60_000

async function call(address: string, secret: string): Promise<string | null> {
  try {
    const response = await fetch(address, {
      headers: { Authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel()
    return response.ok ? null : `it answered ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
