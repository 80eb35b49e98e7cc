import { findOpenIntent } from '@/db/queries/checkout-intents'
import { type Choice, readChoice } from '@/lib/catalog/parse-choice'
import type { WorkspaceId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'

/**
 * What a workspace was about to pay for and did not, while its Checkout session may still be open; null: nothing.
 * It names no session: whether that one is still what is sold shows when it is asked for.
 */
export async function readOpenChoice(workspaceId: WorkspaceId): Promise<Choice | null> {
  const intent = await findOpenIntent(workspaceId)
  if (!intent?.sessionId || !intent.expiresAt) return null
  const { clock } = productionPorts()
  return intent.expiresAt > (await clock.now()) ? readChoice(intent) : null
}
