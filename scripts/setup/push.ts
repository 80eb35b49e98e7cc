import { applyPush } from '@/lib/catalog/push/apply'
import { desired } from '@/lib/catalog/push/desired'
import { readFound } from '@/lib/catalog/push/found'
import { planPush, type Step } from '@/lib/catalog/push/plan'
import { reachableWebhook } from '@/lib/catalog/push/webhook-url'
import { env } from '@/lib/env'
import { handledEvents } from '@/lib/events/handlers'
import { findMissingPermissions, PUSH_NEEDED } from '@/lib/stripe/permissions'
import { isRestricted } from '@/lib/stripe/restricted-key'

export type Pushed = {
  /** What was made or changed. */
  steps: Step[]
  /** The secret of an endpoint that was made: the one time that Stripe shows it. */
  webhookSecret: string | null
  /** Permissions that the key lacks for it, because of which nothing was done. */
  missing: string[]
}

/** Makes Stripe hold the catalog, the portal's settings and the endpoint, unless `agree` says no. */
export async function push(agree: (steps: Step[]) => Promise<boolean>): Promise<Pushed> {
  const { appUrl, stripe } = env()
  const missing = isRestricted(stripe.secretKey) ? await findMissingPermissions(PUSH_NEEDED) : []
  if (missing.length > 0) return { steps: [], webhookSecret: null, missing }
  const webhookUrl = reachableWebhook({ appUrl, stripe })
  const wanted = desired({ appUrl, webhookUrl, events: handledEvents })
  const plan = planPush(wanted, await readFound(wanted))
  const steps = plan.filter(({ mark }) => mark !== '=')
  if (steps.length === 0 || !(await agree(steps)))
    return { steps: [], webhookSecret: null, missing }
  return { steps, missing, ...(await applyPush(plan, wanted)) }
}
