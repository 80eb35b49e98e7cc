import { ApiError } from '@/sandbox/http/api-error'
import { optionalId } from '@/sandbox/ids'
import { grantPromotionCode } from '@/sandbox/lifecycle/discount/grant'
import type { Sandbox } from '@/sandbox/sandbox'
import { requireOpen } from './attempt'
import { discountSession } from './discount'

/**
 * Applies the promotion code that a buyer typed to an open session, in place of the one before.
 * Throws ApiError 400 with words for the buyer when it is not for them.
 */
export function applyCode(sandbox: Sandbox, sessionId: string, typed: string) {
  sandbox.change(null, (tx) => {
    requireOpen(tx, sessionId)
    const session = tx.edit('checkout.session', sessionId)
    if (!session.allow_promotion_codes)
      throw ApiError.invalid('This Checkout Session takes no promotion codes.')
    const code = tx
      .all('promotion_code')
      .find((row) => row.active && row.code.toLowerCase() === typed.trim().toLowerCase())
    if (!code) throw ApiError.invalid('This code is invalid.', 'code', 'promotion_code_invalid')
    const buyer = {
      customer: optionalId(session.customer),
      amount: session.amount_subtotal ?? 0,
      currency: session.currency ?? 'usd',
    }
    discountSession(tx, sessionId, grantPromotionCode(tx, code.id, buyer, 'code'))
  })
}

/** Takes the code off an open session. */
export function removeCode(sandbox: Sandbox, sessionId: string) {
  sandbox.change(null, (tx) => {
    requireOpen(tx, sessionId)
    if (tx.get('checkout.session', sessionId).allow_promotion_codes)
      discountSession(tx, sessionId, null)
  })
}
