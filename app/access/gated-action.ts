import 'server-only'
import { action, type Result } from '@/app/action'
import type { UserActor } from '@/lib/audit/actor'
import type { Feature } from '@/lib/catalog/features'
import { requireFeature } from '@/lib/entitlements/require-feature'

/**
 * An action that only a workspace with a feature may take. Access is asked after the rate limit and before
 * the verb; without it the page says which plan has the feature.
 */
export function gatedAction<Input, Value>(
  feature: Feature,
  parse: (form: FormData) => Input,
  verb: (actor: UserActor, input: Input) => Promise<Value>,
  limit: (actor: UserActor) => Promise<void>,
): (form: FormData) => Promise<Result<Value>> {
  return action(
    parse,
    async (actor, input) => {
      await requireFeature(actor.workspaceId, feature)
      return verb(actor, input)
    },
    limit,
  )
}
