import { type Html, html } from './html'

/** An address given by an integration, or null when following it could run script or open a file. */
export function webAddress(address: string | null): string | null {
  if (!address || !URL.canParse(address)) return null
  const { protocol } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? address : null
}

/** A link that leaves the sandbox; nothing when there is nowhere safe to go. */
export function wayOut(address: string | null, label: string, className = ''): Html | null {
  const href = webAddress(address)
  return href === null ? null : html`<a class="${className}" href="${href}">${label}</a>`
}

/** A button that opens a page: a form of its own, so that it is a button with JavaScript off too. */
export function openButton(path: string, label: string, className = ''): Html {
  return html`<form method="get" action="${path}"><button class="button compact ${className}" type="submit">${label}</button></form>`
}
