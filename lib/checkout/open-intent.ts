import { inTransaction } from '@/db/client'
import { type CheckoutIntent, findOpenIntent, insertIntent } from '@/db/queries/checkout-intents'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { Choice } from '@/lib/catalog/parse-choice'
import { Conflict } from '@/lib/errors'
import type { CustomerId, PromotionCodeId } from '@/lib/ids'

// The open one can be closed between the failed insert and the read: look again, not for ever.
const ROUNDS = 4

/** A choice, with the promotion code that its buyer came with. */
export type Wanted = Choice & { promotionCode: PromotionCodeId | null }

/** The workspace's open intent: a new one for this choice, or the existing one, whatever it is for. */
export async function openIntent(
  actor: Actor,
  customerId: CustomerId,
  { tier, interval, promotionCode }: Wanted,
): Promise<{ intent: CheckoutIntent; created: boolean }> {
  const workspaceId = workspaceIdOf(actor)
  for (let round = 0; round < ROUNDS; round += 1) {
    const created = await inTransaction(async (tx) => {
      const intent = await insertIntent(tx, { workspaceId, tier, interval, promotionCode })
      if (intent) {
        const code = promotionCode ? { promotionCode } : {}
        const after = { intent: intent.id, tier, interval, ...code }
        await recordAudit(tx, actor, { scope: customerId, action: 'checkout.start', after })
      }
      return intent
    })
    const intent = created ?? (await findOpenIntent(workspaceId))
    if (intent) return { intent, created: created !== null }
  }
  throw new Conflict('checkout_closing')
}
