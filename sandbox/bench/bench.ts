import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from './build'

/**
 * `npm run bench:sandbox -- --runs 5 --subscribers 1000 --json`: the medians of some runs, each in
 * a process of its own, of a jump of the clock over the renewal of all subscriptions, and of a start.
 */
const runs = numberOf('--runs', 5)
const subscribers = numberOf('--subscribers', 1000)
const renewals = fileURLToPath(new URL('renewals.ts', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'sandbox-bench-'))
const built = join(dir, 'main.mjs')
build(built)
const all: Record<string, number>[] = []
for (let nth = 0; nth < runs; nth += 1) {
  const args = ['--import', 'tsx', renewals, String(subscribers)]
  const measured = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  all.push({ ...measured, first_answer_ms: await startToFirstAnswer() })
}
rmSync(dir, { recursive: true })

const names = Object.keys(all[0] ?? {})
const medians = Object.fromEntries(
  names.map((name) => [name, median(all.map((one) => one[name] ?? 0))]),
)
if (process.argv.includes('--json'))
  process.stdout.write(`${JSON.stringify({ runs, subscribers, medians, all })}\n`)
else
  for (const name of names) {
    const each = all.map((one) => one[name]).join(' ')
    process.stdout.write(`${name.padEnd(22)} ${String(medians[name]).padStart(6)}   of ${each}\n`)
  }

/** From the start of the packed sandbox's process to the first answer of its API. */
async function startToFirstAnswer(): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [built, '--json', '--memory', '--port', '0'], { cwd: dir })
  for await (const line of createInterface({ input: child.stdout })) {
    const headers = { Authorization: 'Bearer sk_test_local' }
    await fetch(`${JSON.parse(line).url}/v1/customers`, { headers })
    break
  }
  const taken = Math.round(performance.now() - start)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin.end()
  await ended
  return taken
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function numberOf(name: string, usual: number): number {
  const at = process.argv.indexOf(name)
  return at === -1 ? usual : Number(process.argv[at + 1])
}
