import 'server-only'
import { Redis } from '@upstash/redis'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { Breaker } from './breaker'
import { namespaced, UnknownKeys } from './namespace'
import { withinBudget } from './within-budget'

/** What Redis said, or that it said nothing in time. A miss is never an error: Postgres decides. */
export type Answer<T> = { ok: true; value: T } | { ok: false }

/** A Redis that may be absent. `call` should make one request: the budget is for each. */
export type Store = {
  ask<T>(call: (redis: Redis) => Promise<T>, how?: Asking): Promise<Answer<T>>
}

type Asking = {
  /**
   * No caller waits for it, perhaps in a process that is frozen between two requests: its failure says
   * nothing about Redis. It never opens the breaker, and is not sent while that is open.
   */
  beside?: boolean
}

/** The Redis of this environment; one client and one breaker for the process. */
export function store(): Store {
  shared ??= openStore(env().redis)
  return shared
}

let shared: Store | undefined

// What Redis may cost a request. It only ever saves work, so it may not take longer than the work.
const BUDGET_MS = 150

/**
 * Connects nothing yet: the client speaks HTTP, and opens a connection at its first request.
 * `budgetMs` is what each request may take; a miss comes no later than that. Under `namespace`, the
 * fingerprint of the database, stands each key, whatever its caller calls it.
 */
export function openStore({
  url,
  token,
  namespace,
  budgetMs = BUDGET_MS,
}: {
  url: string
  token: string
  namespace?: string
  budgetMs?: number
}): Store {
  const breaker = new Breaker()
  const redis = new Redis({
    url,
    token,
    enableTelemetry: false,
    // One more try, inside the same budget: a connection kept alive may have died while idle.
    retry: { retries: 1, backoff: () => 20 },
  })
  redis.use((request, next) => {
    const body = namespace === undefined ? request.body : namespaced(request.body, namespace)
    return withinBudget(budgetMs, (signal) => next({ ...request, body, signal: given(signal) }))
  })
  return {
    async ask(call, { beside = false } = {}) {
      if (beside) return breaker.isClosed() ? quietly(() => call(redis)) : { ok: false }
      if (!breaker.allows()) return { ok: false }
      try {
        const value = await call(redis)
        if (breaker.succeeded()) log.info('Redis answers again.')
        return { ok: true, value }
      } catch (error) {
        if (error instanceof UnknownKeys) throw error
        if (breaker.failed()) {
          log.warn({ reason: reason(error) }, 'Redis failed three times: 10 s go on without it.')
        }
        return { ok: false }
      }
    },
  }
}

/**
 * As a function, which the client calls for a request's signal where there is one: of a plain signal that aborted it
 * makes an answer, and forgets its token for reading what it wrote. Safe: its types know only the client's own so.
 */
function given(signal: AbortSignal): AbortSignal {
  return (() => signal) as unknown as AbortSignal
}

async function quietly<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    if (error instanceof UnknownKeys) throw error
    return { ok: false }
  }
}

/** The kind of a failure and no more: the client's messages repeat the command with its keys. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = /\b[A-Z]{3,}\b/.exec(error.message)?.[0] ?? causeOf(error)
  return code ? `${error.name} ${code}` : error.name
}

function causeOf(error: Error): string | undefined {
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
}
