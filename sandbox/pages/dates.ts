import { type Html, html } from './html'

// One time zone for all pages: the sandbox's clock is the server's, and a test must read the same day anywhere.
const LONG = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const SHORT = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })

/** A Stripe instant (seconds since 1970) as `November 23, 2026`, in UTC. */
export function longDate(instant: number): string {
  return LONG.format(instant * 1000)
}

/** The same day in a `<time>`, for prose. */
export function dateHtml(instant: number): Html {
  return html`<time datetime="${new Date(instant * 1000).toISOString()}">${longDate(instant)}</time>`
}

/** `Nov 23, 2026` in a `<time>`, for table cells. */
export function shortDateHtml(instant: number): Html {
  return html`<time datetime="${new Date(instant * 1000).toISOString()}">${SHORT.format(instant * 1000)}</time>`
}
