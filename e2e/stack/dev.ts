import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { ROOT, script } from '@/scripts/stack/paths'
import { commandOf, descendantsOf } from '@/scripts/stack/process-table'

export type Dev = ReturnType<typeof startDev>

/** `npm run dev` on data of its own, with an environment as bare as a new user's. */
export function startDev(data: string, env: Record<string, string> = {}, options: string[] = []) {
  const [node, ...args] = script('scripts/dev.ts', ...options)
  const child = spawn(node, args, {
    cwd: ROOT,
    env: { ...bareEnvironment(), LEDGERLINE_DATA_DIR: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let gone = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return {
    output: () => output,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    exited: new Promise<number | null>((resolve) => {
      child.once('close', (code) => {
        gone = true
        resolve(code)
      })
    }),
    /** Waits for the banner and answers it. */
    async ready(): Promise<string> {
      const up = () => gone || output.includes('Ctrl-C stops everything')
      await expect.poll(up, { timeout: 100_000, message: 'the banner' }).toBe(true)
      expect(gone, output).toBe(false)
      return output
    },
    /** It and everything that it started. */
    family: () => [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)],
  }
}

/** Whether a person runs `npm run dev` here: Next allows one in a checkout. */
export function devRunsHere(): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(join(ROOT, '.data', 'dev.json'), 'utf8'))
    return commandOf(pid)?.includes('scripts/dev.ts') ?? false
  } catch {
    return false
  }
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const bare = { ...process.env }
  for (const name of Object.keys(bare)) {
    if (!['PATH', 'HOME', 'NODE_ENV', 'TMPDIR'].includes(name)) delete bare[name]
  }
  // The run is of the production build; the one started here is not.
  return { ...bare, NODE_ENV: 'development' }
}
