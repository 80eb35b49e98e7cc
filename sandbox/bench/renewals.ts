import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { startSandbox } from '@/sandbox/server'
import { renewEverybody, subscribeMany } from './subscribers'

/**
 * `tsx sandbox/bench/renewals.ts 1000`: so many subscribers renew in one jump of the clock, with a
 * webhook endpoint and a journal on disk. Prints one line of JSON. `1000 DIRECTORY` keeps the
 * journal, or only reads the one that is there.
 */
const subscribers = Number(process.argv[2] ?? 1000)
const kept = process.argv[3]
const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'sandbox-bench-'))
const measured: Record<string, number> = {}

const { sandbox, stop } = await measure('read_journal', () => startSandbox({ port: 0, dataDir }))
sandbox.deliverer.pause()
if (sandbox.store.all('subscription').next().done) {
  await measure('subscribe', () => subscribeMany(sandbox, subscribers))
  await measure('renew', () => renewEverybody(sandbox))
}
// In KiB; the highest that it has been since the process began.
measured.peak_mb = Math.round(process.resourceUsage().maxRSS / 1024)
if (kept === undefined)
  await measure('reset', () => fetch(`${sandbox.settings.url}/_sandbox/reset`, { method: 'POST' }))
await stop()
if (kept === undefined) rmSync(dataDir, { recursive: true })
process.stdout.write(`${JSON.stringify(measured)}\n`)

/** How long it takes by the wall, and for how long processors are busy with it, in milliseconds. */
async function measure<T>(name: string, work: () => T): Promise<Awaited<T>> {
  const start = performance.now()
  const before = process.cpuUsage()
  const made = await work()
  const { user, system } = process.cpuUsage(before)
  measured[`${name}_ms`] = Math.round(performance.now() - start)
  measured[`${name}_cpu_ms`] = Math.round((user + system) / 1000)
  return made
}
