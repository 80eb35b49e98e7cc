import { inTransaction } from '@/db/client'
import { type CheckoutIntent, findOpenIntent, insertIntent } from '@/db/queries/checkout-intents'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { Choice } from '@/lib/catalog/parse-choice'
import { Conflict } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'

// Between not being able to open one and not finding one, it can be closed: look again, not for ever.
const ROUNDS = 4

/** The user's open intent: a new one for this choice, or the one that stands, whatever it is for. */
export async function openIntent(
  actor: Actor,
  customerId: CustomerId,
  choice: Choice,
): Promise<{ intent: CheckoutIntent; created: boolean }> {
  const userId = userIdOf(actor)
  for (let round = 0; round < ROUNDS; round += 1) {
    const created = await inTransaction(async (tx) => {
      const intent = await insertIntent(tx, { userId, ...choice })
      if (intent) {
        const after = { intent: intent.id, ...choice }
        await recordAudit(tx, actor, { scope: customerId, action: 'checkout.start', after })
      }
      return intent
    })
    const intent = created ?? (await findOpenIntent(userId))
    if (intent) return { intent, created: created !== null }
  }
  throw new Conflict('checkout_closing')
}
