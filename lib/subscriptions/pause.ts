import type { Actor } from '@/lib/audit/actor'
import { SELF_SERVICE, type SelfService } from '@/lib/catalog/self-service'
import { Conflict, Invalid } from '@/lib/errors'
import { pauseCollection } from '@/lib/stripe/pauses'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { requireOwnSubscription, shownStatusOf } from './own-subscription'
import { canPause, isStillToPay, pauseUntil } from './pause-until'

/**
 * Pauses the actor's plan after the month that is paid for, for so many months: their invoices are made
 * void, and the one after is charged again. A second time changes nothing.
 * @throws {Invalid} it is not offered for so long
 * @throws {Conflict} it is not billed by the month, not in order, or about to end
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function pauseSubscription(
  actor: Actor,
  months: number,
  { pauseMonths }: SelfService = SELF_SERVICE,
): Promise<void> {
  await authorizeBilling(actor)
  if (!pauseMonths.includes(months)) throw new Invalid('unknown_pause')
  const own = await requireOwnSubscription(actor)
  const { customerId, billing, subscription } = own
  const status = shownStatusOf(own)
  const { id, anchor, currentPeriodEnd, pause, cancelAt, latest } = subscription
  if (pause) return
  const { interval } = billing
  if (status === 'active' && latest && (latest.skipped || isStillToPay(latest.status)))
    throw new Conflict('period_not_paid')
  const isCanceling = cancelAt !== null
  if (!currentPeriodEnd || !canPause({ status, interval, isCanceling, isBilled: false }))
    throw new Conflict('pause_unavailable')
  const resumesAt = pauseUntil({ anchor, currentPeriodEnd, months })
  const after = { subscription: id, months, resumesAt: resumesAt.toISOString() }
  await carryOut(actor, customerId, { action: 'subscription.request_pause', after }, () =>
    pauseCollection(id, { resumesAt, behavior: 'void' }),
  )
}
