import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dataPath } from './paths'
import { commandOf } from './process-table'

/** The variables that `npm run dev` gave the app, kept for its owner while it runs, so that other commands find it. */
export function keepEnvironment(env: Record<string, string | undefined>): void {
  const kept = Object.fromEntries(KEPT.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  rmSync(FILE, { force: true })
  writeFileSync(FILE, JSON.stringify({ pid: process.pid, kept }), { mode: 0o600 })
}

/** The variables of the `npm run dev` that runs in this checkout; none where none does. */
export function runningStack(): Record<string, string> {
  if (!existsSync(FILE)) return {}
  // Safe: only the function above writes it, for this user alone.
  const { pid, kept } = JSON.parse(readFileSync(FILE, 'utf8')) as {
    pid: number
    kept: Record<string, string>
  }
  // Under its pid another program may run by now; Windows shows no more than a name.
  const command = commandOf(pid)
  const runs = process.platform === 'win32' ? command !== null : command?.includes('scripts/dev.ts')
  return runs ? kept : {}
}

/** Has this process work on what `npm run dev` brings, where no database is given. */
export function joinRunningStack(): void {
  if (process.env.DATABASE_URL?.trim()) return
  for (const [name, value] of Object.entries(runningStack())) process.env[name] ||= value
}

const FILE = dataPath('environment.json')

// What it brings or decides by itself; the rest stands in the .env files, which other commands read, too.
const KEPT = [
  ...['APP_ENV', 'APP_URL', 'DATABASE_URL', 'DIRECT_DATABASE_URL'],
  ...['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ...['STRIPE_API_BASE', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ...['AUTH_SECRET', 'CRON_SECRET'],
] as const
