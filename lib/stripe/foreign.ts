import { APP } from './metadata'

/**
 * Whether what Stripe shows says that it belongs to another application or environment. What says
 * nothing is ours: a subscription that support made in the dashboard has no metadata.
 */
export function isForeign(
  { app, env }: { app: string | null; env: string | null },
  appEnv: string,
): boolean {
  return (app !== null && app !== APP) || (env !== null && env !== appEnv)
}
