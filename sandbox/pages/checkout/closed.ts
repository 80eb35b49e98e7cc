import type { CheckoutView } from '@/sandbox/lifecycle/checkout/checkout-view'
import { dateHtml } from '@/sandbox/pages/dates'
import { leafPage } from '@/sandbox/pages/document/leaf'
import { attributes, html } from '@/sandbox/pages/html'
import { webAddress } from '@/sandbox/pages/links'

/** A session that was paid: nothing can be charged twice from it. */
export function completePage({ successUrl, businessName, now, embedded }: CheckoutView): string {
  if (embedded)
    return leafPage({
      title: 'Thank you',
      now,
      done: true,
      text: html`<span${attributes({ 'data-report': 'complete', 'data-leads': embedded.leads ?? '' })}>This checkout is complete.</span>`,
    })
  const href = webAddress(successUrl)
  return leafPage({
    title: 'You already paid',
    now,
    done: true,
    text: 'This checkout is complete. Opening it again does not charge you again.',
    way: href ? { href, label: `Return to ${businessName}` } : null,
  })
}

/** A session that ran out of time or was replaced by another one. */
export function expiredPage({ cancelUrl, businessName, expiresAt, now }: CheckoutView): string {
  const href = webAddress(cancelUrl)
  const why =
    expiresAt <= now
      ? html`It was open until ${dateHtml(expiresAt)}.`
      : 'It was closed before it was paid, perhaps because you started another one.'
  return leafPage({
    title: 'This checkout has expired',
    now,
    text: html`${why} You were not charged. Start again from ${businessName}.`,
    way: href ? { href, label: `Back to ${businessName}` } : null,
  })
}
