import { inTransaction } from '@/db/client'
import { type CheckoutIntent, findOpenIntent, insertIntent } from '@/db/queries/checkout-intents'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { Choice } from '@/lib/catalog/parse-choice'
import { Conflict } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'

// The open one can be closed between the failed insert and the read: look again, not for ever.
const ROUNDS = 4

/** The workspace's open intent: a new one for this choice, or the existing one, whatever it is for. */
export async function openIntent(
  actor: Actor,
  customerId: CustomerId,
  choice: Choice,
): Promise<{ intent: CheckoutIntent; created: boolean }> {
  const workspaceId = workspaceIdOf(actor)
  for (let round = 0; round < ROUNDS; round += 1) {
    const created = await inTransaction(async (tx) => {
      const intent = await insertIntent(tx, { workspaceId, ...choice })
      if (intent) {
        const after = { intent: intent.id, ...choice }
        await recordAudit(tx, actor, { scope: customerId, action: 'checkout.start', after })
      }
      return intent
    })
    const intent = created ?? (await findOpenIntent(workspaceId))
    if (intent) return { intent, created: created !== null }
  }
  throw new Conflict('checkout_closing')
}
