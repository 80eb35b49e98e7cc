import { Notice } from '@/app/components/notice'
import type { Billing } from '@/lib/billing/billing'
import { doneText, readDone } from './done'

/** The result of the button that led here; nothing when none did, or when the billing does not confirm it. */
export function DoneNotice({ done: query, billing }: { done: unknown; billing: Billing }) {
  const done = readDone(query)
  const text = done && doneText(done, billing)
  return text ? <Notice role="status" tone="ok" icon="check" title={text} /> : null
}
