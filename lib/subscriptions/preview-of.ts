import type { InvoicePreview } from '@/lib/charge'
import { previewLater } from '@/lib/stripe/later-change'
import { previewChange } from '@/lib/stripe/plan-changes'
import type { Change } from './change-of'

/** Stripe's preview of a change. */
export function previewOf(change: Change): Promise<InvoicePreview> {
  return change.when === 'now' ? previewChange(change) : previewLater(change)
}
