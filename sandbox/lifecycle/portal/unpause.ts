import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf } from '@/sandbox/ids'
import { buildInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { creditPaidAhead } from '@/sandbox/lifecycle/subscription/paid-ahead'
import { upcomingId } from '@/sandbox/lifecycle/subscription/preview-others'
import { restarted, resumePaused } from '@/sandbox/lifecycle/subscription/resume-paused'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import type { ChangeResult } from './change-plan'
import { ownSubscription, requireFeature, visit } from './visit'

export interface UnpausePreview {
  lines: { description: string; amount: number }[]
  /** What is charged now, in minor units. */
  amountDue: number
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
  const row = restarted(tx.now, before)
  const invoice = buildInvoice(tx, row, upcomingId(), {
    reason: 'subscription_update',
    lines: (invoiceId) => [
      ...creditPaidAhead(tx, invoiceId, before),
      ...row.items.data.flatMap((item) => periodLines(tx, invoiceId, row, item, false)),
    ],
  })
  const { balance } = tx.get('customer', idOf(before.customer))
  return {
    lines: invoice.lines.data.map(({ description, amount }) => ({
      description: description ?? '',
      amount,
    })),
    total: invoice.total,
    amountDue: Math.max(0, invoice.total + balance),
    currency: row.currency,
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
