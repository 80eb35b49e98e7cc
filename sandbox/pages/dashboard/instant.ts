import { type Html, html } from '@/sandbox/pages/html'

const FULL = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** A Stripe instant as `Nov 23, 2026, 4:38 PM UTC`, in a `<time>`. */
export function instantHtml(instant: number): Html {
  const date = new Date(instant * 1000)
  return html`<time datetime="${date.toISOString()}">${FULL.format(date)} UTC</time>`
}
