import postgres from 'postgres'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { ensureBuild } from '@/scripts/e2e/build'
import { ROOT } from '@/scripts/stack/paths'
import type { Stack } from '@/scripts/stack/stack'
import { type Base, bringUpBase } from '@/tests/harness/environment'
import { bringApp, bringPeer } from './apps/bring-app'
import { BETTER_AUTH, PLAIN, SYNC_ENGINE } from './apps/peers'
import { serveApp } from './apps/serve-app'
import { cancelAt, changeAt, crowdFor } from './crowd'
import { eventBody } from './load/event-body'
import type { Scene } from './scene'

/**
 * Everything that is measured, in one go: our build, the plain application and, if asked for, the
 * peers, on one Postgres.
 */
export async function bringScene(stack: Stack, { peers }: { peers: boolean }): Promise<Scene> {
  await ensureBuild()
  const base = await bringUpBase(stack, 'bench')
  const sql = postgres(base.databaseUrl, { max: 2, onnotice: () => {} })
  console.log('Making customers…')
  const { like, ...crowd } = await crowdFor(base, sql)
  const secret = base.secrets.STRIPE_WEBHOOK_SECRET
  const env = {
    WEBHOOK_SECRET: secret,
    PRICE: await priceOf(base),
    PEOPLE: JSON.stringify(
      crowd.single.map(({ userId, customerId, subscriptionId }) => ({
        userId,
        customerId,
        subscriptionId,
      })),
    ),
  }
  const plain = await bringApp(stack, PLAIN, base.databaseUrl, env)
  const ours = base.envFor('http://localhost')
  return {
    plain,
    ours: await stack.bring(() => serveApp('ours', ROOT, ours)),
    envOf: { plain: plain.processEnv, ours },
    betterAuth: peers ? await bringPeer(stack, BETTER_AUTH, base.databaseUrl, env) : null,
    syncEngine: peers ? await bringPeer(stack, SYNC_ENGINE, base.databaseUrl, env) : null,
    ...{ sql, crowd, secret, change: changeAt(base), cancel: cancelAt(base) },
    cronSecret: base.secrets.CRON_SECRET,
    bodyOf: (subject) => eventBody(like, subject),
  }
}

async function priceOf({ stripe }: Base): Promise<string> {
  const { data } = await stripe.prices.list({ lookup_keys: [ENTRY_PLAN.lookupKeys.month] })
  if (!data[0]) throw new Error('The sandbox has no price of the smallest plan.')
  return data[0].id
}
