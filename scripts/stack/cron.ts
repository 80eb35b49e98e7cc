/**
 * Stands in for Vercel's cron: drains what webhooks left, every ten seconds. The first failure
 * in a row is told in one line, the rest are silent.
 * @returns a function that ends it
 */
export function startCron(appUrl: string, secret: string): () => void {
  let failing = false
  let ended = false
  const timer = setInterval(async () => {
    const problem = await drain(appUrl, secret)
    if (problem && !failing && !ended)
      console.log(`The drain at ${appUrl}/api/cron/drain failed: ${problem}`)
    failing = problem !== null
  }, EVERY_MS)
  return () => {
    ended = true
    clearInterval(timer)
  }
}

// A tenth of a minute cron's wait: what is left over shows up while a person still watches.
const EVERY_MS = 10_000

async function drain(appUrl: string, secret: string): Promise<string | null> {
  try {
    const response = await fetch(`${appUrl}/api/cron/drain`, {
      headers: { Authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(EVERY_MS),
    })
    await response.body?.cancel()
    return response.ok ? null : `it answered ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
