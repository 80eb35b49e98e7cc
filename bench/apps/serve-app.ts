import { closeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { startChild } from '@/scripts/stack/children'
import { logFile } from '@/scripts/stack/log-file'
import { exitMessage, type Part } from '@/scripts/stack/part'
import { dataPath } from '@/scripts/stack/paths'
import { freePort } from '@/scripts/stack/ports'

/** A server under measurement. */
export type Served = Part & { pid: number; url: string; startedAt: number }

/** Serves the production build in `dir`, as one process, and waits until it answers anything at all. */
export async function serveApp(name: string, dir: string, env: NodeJS.ProcessEnv): Promise<Served> {
  const port = await freePort(0)
  const url = `http://localhost:${port}`
  const log = logFile(dataPath('bench', `${name}.log`))
  const output = log.open()
  const startedAt = performance.now()
  const processEnv: NodeJS.ProcessEnv = {
    ...env,
    ...{ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', APP_URL: url },
  }
  const command = [
    process.execPath,
    '--dns-result-order=ipv4first',
    nextOf(dir),
    ...START,
    `${port}`,
  ] as const
  const child = startChild({ command, cwd: dir, env: processEnv, output })
  closeSync(output)
  while (!child.gone && !(await answers(url))) await new Promise((done) => setTimeout(done, 5))
  if (child.gone) throw new Error(`${name} did not start. It last said:\n${log.tail()}`)
  const ended = exitMessage(name, child.exited, log.tail)
  return {
    name,
    note: 'next start',
    env: {},
    pid: child.pid,
    url,
    startedAt,
    ended,
    stop: child.stop,
  }
}

// As `scripts/stack/app.ts` starts ours, with the Next that the application was built with.
const START = ['start', '--hostname', 'localhost', '--port']

function nextOf(dir: string): string {
  return createRequire(join(dir, 'package.json')).resolve('next/dist/bin/next')
}

// A path that no app has: only the server itself answers it.
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/nothing-here`, { signal: AbortSignal.timeout(5_000) })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}
