import { closeSync } from 'node:fs'
import { next } from '@/scripts/stack/app'
import { type Child, describeExit, startChild } from '@/scripts/stack/children'
import { logFile } from '@/scripts/stack/log-file'
import type { Part } from '@/scripts/stack/part'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { freePort } from '@/scripts/stack/ports'
import { untilAnswers } from '@/scripts/stack/until-answers'
import { startWire, type Watch } from '@/tests/harness/faults/wire'
import type { Base } from './environment'
import { startHttpWire } from './http-wire'
import type { See } from './sighting'
import { sqlCalls } from './sql-calls'

/** The production build on wires: everything that it sends is seen before it arrives. */
export type Server = {
  /** Its own address, for people and cron. */
  url: string
  /** Where Stripe posts: the same, through a wire. */
  webhookUrl: string
  /** One watcher at a time; null for none. */
  watch(see: See | null): void
  /** Kills it as the kernel would, and resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again where it was; resolves when it answers. */
  start(): Promise<void>
}

/**
 * Starts the production build as the instance `n` of `base`. `bare`: only its questions to Stripe
 * are seen; everything else goes the direct way, at its own speed. `databaseUrl`: where it finds its
 * database, if not there.
 */
export async function startServer(
  base: Base,
  n: number,
  { bare = false, databaseUrl: elsewhere }: { bare?: boolean; databaseUrl?: string } = {},
): Promise<Server & Part> {
  let watcher: See | null = null
  const see: See = (sighting) => watcher?.(sighting)
  const port = await freePort(0)
  const url = `http://localhost:${port}`
  const [front, postgres] = await Promise.all([
    startWire(port),
    startWire(Number(new URL(base.databaseUrl).port)),
  ])
  const stripe = await startHttpWire(base.stripeUrl, ({ method, path, ...rest }) =>
    see({ what: `${method} ${path.replace(/(cus|sub)_\w+/, ':id')}`, ...rest }),
  )
  const redis = await startHttpWire(base.redisUrl, ({ path: _, method: __, ...rest }) =>
    see({ what: `redis ${/\["(\w+)"/.exec(rest.text)?.[1]?.toUpperCase()}`, ...rest }),
  )
  front.watch(webhooks(see))
  postgres.watch(sqlCalls(see))

  const databaseUrl = new URL(base.databaseUrl)
  databaseUrl.port = String(postgres.port)
  const wired = { DATABASE_URL: databaseUrl.href, UPSTASH_REDIS_REST_URL: redis.url }
  const env = {
    ...base.envFor(url),
    ...(bare ? {} : wired),
    ...(elsewhere ? { DATABASE_URL: elsewhere } : {}),
    STRIPE_API_BASE: stripe.url,
    ...(bare ? {} : { PRELOAD_ROUTES: 'no' }),
  }
  const log = logFile(dataPath(base.name, `app-${n}.log`))
  let child: Child | undefined
  const start = async () => {
    const output = log.open()
    child = startChild({ command: next('start', port), cwd: ROOT, env, output })
    closeSync(output)
    try {
      await untilAnswers(`${url}/api/billing/status`, child, { seconds: 60 })
    } catch (error) {
      throw new Error(`The app did not start (${error}). It last said:\n${log.tail()}`)
    }
  }
  const kill = async () => {
    child?.process.kill('SIGKILL')
    const exit = await child?.exited
    if (exit?.signal !== 'SIGKILL') throw new Error(`It ${exit && describeExit(exit)} by itself.`)
  }
  await start()
  return {
    ...{ url, kill, start },
    webhookUrl: `${bare ? url : `http://127.0.0.1:${front.port}`}/api/webhooks/stripe`,
    watch(next) {
      watcher = next
    },
    ...{ name: `App ${n}`, note: 'next start, on wires', env: {} },
    // It is killed again and again; the test that kills it notices if it ends otherwise.
    ended: new Promise(() => {}),
    async stop() {
      await child?.stop()
      await Promise.all([front.close(), postgres.close(), stripe.close(), redis.close()])
    },
  }
}

/** Reports a webhook's body, which comes after its head, and its answer. */
function webhooks(see: See): Watch {
  const links = new Map<number, { chunks: number; text: string }>()
  return (chunk, way, n) => {
    const link = links.get(n) ?? { chunks: 0, text: '' }
    links.set(n, link)
    const text = chunk.toString('latin1')
    // Go on, it says, and that is not its answer.
    if (way === 'down' && text.startsWith('HTTP/1.1 100')) return
    link.text += text
    if (way === 'down') {
      links.delete(n)
      return see({ what: `webhook ${text.slice(9, 12)}`, way, text: link.text })
    }
    link.chunks += 1
    return link.chunks > 1 ? see({ what: 'webhook body', way, text: link.text }) : undefined
  }
}
