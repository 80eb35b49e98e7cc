import { ApiError } from '@/sandbox/http/api-error'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import type { Sandbox } from '@/sandbox/sandbox'
import { requireOpen } from './attempt'
import { discountSession, grantOfSession } from './discount'

/** Changes how many of a line a buyer wants. Throws ApiError 400 for a number that is not offered. */
export function changeQuantity(sandbox: Sandbox, sessionId: string, line: string, wanted: number) {
  sandbox.changeFor(sessionId, (tx) => {
    requireOpen(tx, sessionId)
    const terms = tx.edit('checkout_terms', sessionId)
    const found = terms.lines.find(({ id }) => id === line)
    const { minimum = 1, maximum = 0 } = found?.adjusts ?? {}
    if (!found || !Number.isInteger(wanted) || wanted < minimum || wanted > maximum)
      throw ApiError.invalid(`Choose a quantity from ${minimum} to ${maximum}.`)
    found.quantity = wanted
    const session = tx.edit('checkout.session', sessionId)
    const trial = terms.subscription.trialDays ?? terms.subscription.trialEnd
    const lines = lineItemsOf(tx, sessionId)
    const sum = lines.reduce((total, { amount_subtotal }) => total + amount_subtotal, 0)
    session.amount_subtotal = trial === null ? sum : 0
    discountSession(tx, sessionId, grantOfSession(tx, session))
  })
}
