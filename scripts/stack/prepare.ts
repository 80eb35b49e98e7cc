import { serverScript } from './paths'
import { run } from './run'

/** Fills a sandbox with the catalog, the portal's settings and the webhook endpoint of `appUrl`. */
export async function pushCatalog(env: NodeJS.ProcessEnv, appUrl: string): Promise<void> {
  const webhook = `${appUrl}/api/webhooks/stripe`
  const push = serverScript('scripts/stripe-push.ts', '--yes', '--webhook-url', webhook)
  const { ok, output } = await run(push, env)
  if (!ok) throw new Error(`The catalog could not be pushed to the sandbox:\n${output}`)
}

/**
 * Adds the demo users that one click signs in, and what they have bought; needs the catalog. `plain`: without those
 * whose plans are in a state of their own, which would live on beside a test.
 */
export async function seedDemo(env: NodeJS.ProcessEnv, { plain = false } = {}): Promise<void> {
  const seed = serverScript('scripts/seed-demo.ts', ...(plain ? ['--plain'] : []))
  const { ok, output } = await run(seed, env)
  if (!ok) throw new Error(`The demo users could not be made:\n${output}`)
}
