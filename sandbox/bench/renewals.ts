import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { startSandbox } from '@/sandbox/server'
import { renewEverybody, subscribeMany } from './subscribers'

/**
 * `npm run bench:sandbox -- 1000`: so many subscribers renew in one jump of the clock, with a webhook
 * endpoint and a journal on disk; then the journal is read again. `-- 1000 DIRECTORY` keeps the
 * journal, or only reads the one that is there.
 */
const subscribers = Number(process.argv[2] ?? 1000)
const kept = process.argv[3]
const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'sandbox-bench-'))

let start = performance.now()
const { sandbox, stop } = await startSandbox({ port: 0, dataDir })
sandbox.deliverer.pause()
if (sandbox.store.all('subscription').next().done) {
  start = performance.now()
  subscribeMany(sandbox, subscribers)
  report(`${subscribers} subscribe`)
  start = performance.now()
  renewEverybody(sandbox)
  report(`${subscribers} renew`)
} else report('the journal is read')
await stop()
if (kept === undefined) rmSync(dataDir, { recursive: true })

function report(name: string) {
  const seconds = ((performance.now() - start) / 1000).toFixed(2)
  // In KiB; the highest that it has been since the process began.
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  process.stdout.write(`${name.padEnd(20)} ${seconds} s, peak RSS ${peak} MB\n`)
}
