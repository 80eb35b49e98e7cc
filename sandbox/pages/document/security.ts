import { createHash } from 'node:crypto'
import type { Html } from '@/sandbox/pages/html'
import { STYLE } from './style'

/** How a page differs from the others. */
export interface Manners {
  /** One of its forms ends at an address of the integration. */
  leaves: boolean
  /** It is made to stand in an iframe of another page. */
  framed: boolean
  /** Its one script. */
  runs: Html
}

/**
 * The headers of every page. Nothing loads, and only our own style and script run. `leaves` is for pages
 * whose form ends at the integration: Chromium holds every redirect after a form to `form-action`, and
 * where an integration redirects in its turn is not ours to know.
 */
export function pageHeaders({ leaves, framed, runs }: Manners): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src ${STYLE_HASH}`,
      `script-src ${hash(runs)}`,
      ...(framed ? ["connect-src 'self'"] : []),
      'img-src data:',
      leaves ? "form-action 'self' http: https:" : "form-action 'self'",
      "base-uri 'none'",
      framed ? 'frame-ancestors http: https:' : "frame-ancestors 'none'",
    ].join('; '),
    // The address is the secret. Not `no-referrer`: with it a browser posts `Origin: null`, and we check Origin.
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

const STYLE_HASH = hash(STYLE)

function hash(source: Html): string {
  return `'sha256-${createHash('sha256').update(source.text).digest('base64')}'`
}
