import type Stripe from 'stripe'
import { endsAt } from '@/sandbox/lifecycle/subscription/period'
import { longDate } from '@/sandbox/pages/dates'
import { type Html, html } from '@/sandbox/pages/html'

/** The state of a subscription as a word on a tone, by the name that the API gives it. */
export function statusWord(row: Readonly<Stripe.Subscription>): Html {
  const end = endsAt(row)
  if (end !== null && (row.status === 'active' || row.status === 'trialing'))
    return html`<span class="status warn">${row.status}, ends ${longDate(end)}</span>`
  return html`<span class="status ${TONES[row.status] ?? ''}">${row.status}</span>`
}

const TONES: Record<string, string> = {
  active: 'ok',
  trialing: 'ok',
  past_due: 'bad',
  unpaid: 'bad',
  incomplete: 'warn',
}
