import { inTransaction } from '@/db/client'
import { closeIntent, findOpenIntent } from '@/db/queries/checkout-intents'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { isPlanWithheld } from '@/lib/entitlements/require-plan-allowed'
import type { CheckoutSessionId, CustomerId, WorkspaceId } from '@/lib/ids'
import { expireCheckoutSession, listPayablePages } from '@/lib/stripe/checkout-sessions'

/**
 * Closes every page on which a customer could still pay for a plan or for credits, if the plan is still withheld
 * from its workspace. A payment that was faster stands. Safe to repeat, also after a crash in between.
 * @throws {NotFound} Stripe has no such customer
 * @throws {Unavailable} Stripe does not answer
 */
export async function closePages(
  actor: Actor,
  { workspaceId, customerId }: { workspaceId: WorkspaceId; customerId: CustomerId },
): Promise<void> {
  if (!(await isPlanWithheld(workspaceId))) return
  const [intent, pages] = await Promise.all([
    findOpenIntent(workspaceId),
    listPayablePages(customerId),
  ])
  const ofPlan = (id: CheckoutSessionId, intentId: string | null) =>
    intent !== null && (intent.sessionId === id || intent.id === intentId)

  const closings: Closing[] = pages.map(({ id, intentId }) => ({
    session: id,
    intent: ofPlan(id, intentId) ? (intent?.id ?? null) : null,
  }))
  // Closed at Stripe before, by one that died, or by time: our records say that it is open.
  const { id = null, sessionId = null } = intent ?? {}
  if (id && sessionId && !pages.some((page) => ofPlan(page.id, page.intentId)))
    closings.push({ session: sessionId, intent: id })
  await closeEach(actor, customerId, closings)
}

// One that cannot be closed keeps none of the others open; the entry stays, and is tried again.
async function closeEach(actor: Actor, customerId: CustomerId, closings: Closing[]): Promise<void> {
  const failures: unknown[] = []
  for (const closing of closings) {
    try {
      const state = stateOf(await expireCheckoutSession(closing.session))
      await noteClosed(actor, customerId, { ...closing, state })
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

type Closing = {
  session: CheckoutSessionId
  /** Null: it was for credits, of which there is no row. */
  intent: string | null
}
type Closed = Closing & { state: 'expired' | 'completed' }

async function noteClosed(actor: Actor, customerId: CustomerId, closed: Closed): Promise<void> {
  const { session, intent, state } = closed
  await inTransaction(async (tx) => {
    const news = intent ? await closeIntent(tx, intent, state) : state === 'expired'
    const after = { ...(intent ? { intent } : { session }), state }
    if (news) await recordAudit(tx, actor, { scope: customerId, action: 'checkout.close', after })
  })
}

function stateOf(status: Awaited<ReturnType<typeof expireCheckoutSession>>): Closed['state'] {
  return status === 'complete' ? 'completed' : 'expired'
}
