import type { Actor } from '@/lib/audit/actor'
import { Conflict, NotFound, PaymentRequired } from '@/lib/errors'
import { makeDefault } from '@/lib/stripe/setup-intents'
import { carryOut } from '@/lib/subscriptions/carry-out'
import { type PutToUse, putCardToUse } from '@/lib/subscriptions/put-card-to-use'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { type OwnSetup, readOwnSetup } from './read-setup'

/** What a browser sends of it. `shown` (`shownCharge`): what its page said is charged at once. */
type Left = { setupIntent: unknown; shown: string | undefined }

/**
 * Puts what was left under a SetupIntent to use: it is what the customer is charged with from now on, and
 * what is open and was shown is paid with it at once. A second time changes nothing, and one that comes after something
 * newer was left does not take that back.
 * @throws {PaymentRequired} the bank said no, to the card or to the payment that is open
 * @throws {Conflict} the bank has not confirmed it yet, or its owner the small deposits that come to it
 * @throws {NotFound} it is another customer's, or not there
 */
export async function putMethodToUse(
  actor: Actor,
  { setupIntent, shown }: Left,
): Promise<PutToUse> {
  await authorizeBilling(actor)
  const own = await readOwnSetup(actor, setupIntent)
  await requestDefault(actor, own, requireConfirmed(own))
  try {
    return await putCardToUse(actor, shown)
  } catch (error) {
    // Kept for what they buy next.
    if (error instanceof NotFound && error.reason === 'no_plan') return { kind: 'nothing_open' }
    throw error
  }
}

function requireConfirmed({ setup }: OwnSetup): string {
  const { status, paymentMethod, refused, deposits } = setup
  if (status === 'succeeded' && paymentMethod) return paymentMethod
  if (refused) throw new PaymentRequired(refused)
  throw new Conflict(deposits ? 'setup_deposits' : 'setup_unconfirmed')
}

async function requestDefault(actor: Actor, { customerId, setup }: OwnSetup, method: string) {
  if (setup.isDefault || setup.isSuperseded) return
  const after = { paymentMethod: method }
  await carryOut(actor, customerId, { action: 'payment_method.request_default', after }, () =>
    makeDefault(customerId, method),
  )
}
