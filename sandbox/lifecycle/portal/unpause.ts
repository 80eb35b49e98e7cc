import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { previewResumptionInvoice } from '@/sandbox/lifecycle/subscription/preview-resumption'
import { resumePaused } from '@/sandbox/lifecycle/subscription/resume-paused'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import type { ChangeResult } from './change-plan'
import { ownSubscription } from './own-subscription'
import { requireFeature, visit } from './visit'

export interface UnpausePreview {
  lines: { description: string; amount: number }[]
  /** What is charged now, in minor units. */
  amountDue: number
  /** What is owed now and too little to be charged: it comes with the next invoice. */
  carried: number
  currency: string
}

/** What resuming now would cost. Nothing is changed. */
export function previewUnpause(sandbox: Sandbox, token: string, id: string): UnpausePreview {
  return sandbox.changeFor(token, (tx) => previewResumption(tx, paused(tx, token, id)))
}

/** The invoice that resuming a paused subscription now would make. */
export function previewResumption(
  tx: Tx,
  before: Readonly<Stripe.Subscription>,
): UnpausePreview & { total: number } {
  const invoice = previewResumptionInvoice(tx, before)
  return {
    lines: invoice.lines.data.map(({ description, amount }) => ({
      description: description ?? '',
      amount,
    })),
    total: invoice.total,
    amountDue: invoice.amount_due,
    carried: Math.max(0, invoice.ending_balance ?? 0),
    currency: invoice.currency,
  }
}

/** Resumes a paused subscription now, and charges its first period. A card that refuses leaves it paused. */
export function unpauseInPortal(
  sandbox: Sandbox,
  token: string,
  id: string,
): Exclude<ChangeResult, { kind: 'scheduled' }> {
  return sandbox.changeFor(token, (tx) => {
    paused(tx, token, id)
    const decline = resumePaused(tx, sandbox.settings, id, true)
    return decline ? { kind: 'declined', ...decline } : { kind: 'changed' }
  })
}

function paused(tx: Tx, token: string, id: string) {
  const guest = visit(tx, token)
  requireFeature(guest, 'subscription_pause')
  const row = ownSubscription(tx, guest, id)
  if (row.status !== 'paused') throw ApiError.invalid('This plan is not paused.')
  return row
}
