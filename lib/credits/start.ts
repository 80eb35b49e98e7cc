import { inTransaction } from '@/db/client'
import { hasAudit } from '@/db/queries/audit'
import { lockPayer } from '@/db/queries/people'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'
import type { CreditPack } from '@/lib/catalog/credit-packs'
import { priceForLookupKey } from '@/lib/catalog/price-for-tier'
import { ensureCustomer } from '@/lib/customers/ensure'
import { isPlanWithheld, requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { env } from '@/lib/env'
import { Conflict, Forbidden } from '@/lib/errors'
import { expireCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { openCreditSession } from '@/lib/stripe/credit-sessions'
import { authorizeBilling } from '@/lib/workspaces/authorize'

/**
 * Sends a person to Stripe to pay for credits of their workspace. What is open is reused: fifty clicks at
 * once make one page.
 * @throws {Forbidden} an operator withholds plans from the workspace: nothing is sold to it meanwhile
 * @throws {Conflict} it was paid for or closed at this moment, in another tab
 * @throws {Unavailable} Stripe does not answer
 */
export async function startCredits(actor: Actor, sold: CreditPack): Promise<{ url: string }> {
  const workspaceId = await authorizeBilling(actor)
  await requirePlanAllowed(workspaceId, 'credits_withheld')
  const customerId = await ensureCustomer(actor, workspaceId)
  const { appUrl } = env()
  const { id, url } = await openCreditSession({
    customerId,
    workspaceId,
    priceId: await priceForLookupKey(sold.lookupKey),
    pack: sold.pack,
    units: sold.units,
    validMonths: sold.validMonths,
    policy: CHECKOUT_POLICY,
    successUrl: `${appUrl}/settings/billing?return=credits&session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${appUrl}/settings/billing`,
  })
  if (await isPlanWithheld(workspaceId)) {
    const state = await expireCheckoutSession(id)
    if (state === 'expired')
      await inTransaction((tx) => {
        const after = { session: id, state }
        return recordAudit(tx, actor, { scope: customerId, action: 'checkout.close', after })
      })
    throw new Forbidden('credits_withheld')
  }
  if (!url) throw new Conflict('checkout_closing')
  await inTransaction(async (tx) => {
    // Held, so that two clicks write one row; and a page whose making was never answered has its row, too.
    await lockPayer(tx, workspaceId)
    const after = { session: id, pack: sold.pack }
    const started = { scope: customerId, action: 'checkout.start', after } as const
    if (!(await hasAudit(tx, started))) await recordAudit(tx, actor, started)
  })
  return { url }
}
