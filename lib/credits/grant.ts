import { grantCredits } from '@/db/queries/usage-credits'
import { findWorkspace } from '@/db/queries/workspaces'
import type { Actor } from '@/lib/audit/actor'
import type { CheckoutSessionId, WorkspaceId } from '@/lib/ids'
import { log } from '@/lib/log'
import { type CreditSale, retrieveCreditSale } from '@/lib/stripe/credit-sessions'
import { settlePayment } from './settle-payment'

/**
 * `granted`: now or before. `waits`: the money is on its way, or was never paid. `refunded`: it went back.
 * `none`: the session sold no credits, or not to this workspace.
 */
export type GrantOutcome = 'granted' | 'waits' | 'refunded' | 'none'

/**
 * Gives a workspace the credits that a Checkout session sold, once its money is there: once for each
 * session, however often and by whichever way it is asked for. Stripe is asked what was sold and paid, never an event.
 * `only`: what another workspace bought is not its business.
 * @throws {NotFound} there is no such session
 * @throws {Unavailable} Stripe does not answer
 */
export async function grantSoldCredits(
  actor: Actor,
  sessionId: CheckoutSessionId,
  only?: WorkspaceId,
): Promise<GrantOutcome> {
  const sale = await retrieveCreditSale(sessionId)
  if (!sale || (only && sale.workspaceId !== only)) return 'none'
  if (!sale.paid) return 'waits'
  // A refund between a look and the grant found nothing to take back.
  const takeBack = async () => {
    if (!sale.paymentIntentId) return
    const isRefunded = async () => (await retrieveCreditSale(sessionId))?.refunded === true
    await settlePayment(actor, sale.paymentIntentId, true, isRefunded)
  }
  if (sale.refunded) {
    // An earlier try may have given them, and died before it looked again.
    await takeBack()
    return 'refunded'
  }
  if (!(await findWorkspace(sale.workspaceId))) {
    log.error({ session: sessionId }, 'credits were paid for a workspace that is gone')
    return 'none'
  }
  const given = await grantCredits({
    workspaceId: sale.workspaceId,
    source: sessionId,
    quantity: sale.units,
    expiresAt: expiryOf(sale),
    paymentIntentId: sale.paymentIntentId,
    actor,
  })
  if (!given) return 'granted'
  log.info({ session: sessionId, units: sale.units }, 'credits granted')
  const after = await retrieveCreditSale(sessionId)
  if (!after?.refunded || !sale.paymentIntentId) return 'granted'
  await takeBack()
  return 'refunded'
}

// The same day so many months later, or the last that the month has: who bought on the 31st loses none.
function expiryOf({ created, validMonths }: CreditSale): Date | null {
  if (validMonths === null) return null
  const month = created.getUTCMonth() + validMonths
  const last = new Date(Date.UTC(created.getUTCFullYear(), month + 1, 0))
  const until = new Date(created)
  until.setUTCDate(1)
  until.setUTCMonth(month)
  until.setUTCDate(Math.min(created.getUTCDate(), last.getUTCDate()))
  return until
}
