import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ROOT, serverScript } from '@/scripts/stack/paths'
import type { Taken, Turns } from './time-turns'

export type Asked =
  | ({ what: 'time'; apart: boolean } & Turns)
  /** What is old by now goes, as it does each night. */
  | { what: 'prune' }

export type Told = { taken: Taken[]; error?: string }

/** A process on the database of one size. */
export type Side = {
  workspaces: number
  url: string
  ask(asked: Asked): Promise<Taken[]>
  stop(): void
}

export function startSide(url: string, workspaces: number): Side {
  const [node, ...args] = serverScript('bench/scale/asker.ts', `${workspaces}`)
  const child = spawn(node, args, {
    cwd: ROOT,
    env: { ...process.env, ...ENVIRONMENT, DATABASE_URL: url },
    // Standard output is for what the bench itself prints.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const ended = once(child, 'exit')
  return {
    ...{ url, workspaces },
    async ask(asked) {
      child.send(asked)
      // Safe: the child sends nothing else. Its end is an answer, too.
      const [told] = (await Promise.race([once(child, 'message'), ended])) as [Told]
      if (typeof told !== 'object' || told === null || told.error)
        throw new Error(
          `${workspaces} workspaces, ${JSON.stringify(asked)}: ${told?.error ?? 'it ended.'}`,
        )
      return told.taken
    },
    stop: () => void child.kill(),
  }
}

// None of these is asked: Stripe and Redis are away, and what is timed is Postgres's part.
export const ENVIRONMENT = {
  APP_ENV: 'test',
  APP_URL: 'http://localhost:3000',
  STRIPE_SECRET_KEY: 'sk_test_ledgerline',
  STRIPE_WEBHOOK_SECRET: 'whsec_dGVzdC1zZWNyZXQtb2YtbGVkZ2VybGluZQ',
  AUTH_SECRET: 'for-a-bench-only-and-long-enough-to-be-one',
  CRON_SECRET: 'for-a-bench-only-and-long-enough-to-run-crons',
  STRIPE_API_BASE: '',
  // Port 9 takes nothing: each connection is refused at once.
  UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9',
  UPSTASH_REDIS_REST_TOKEN: 'none',
}
