import { createHash } from 'node:crypto'
import type { Html } from '@/sandbox/pages/html'
import { SCRIPT } from './script'
import { STYLE } from './style'

/**
 * The headers of every page. Nothing loads, and only our own style and script run. `leaves` is for pages
 * whose form ends at the integration: Chromium holds every redirect after a form to `form-action`, and
 * where an integration redirects in its turn is not ours to know.
 */
export function pageHeaders({ leaves }: { leaves: boolean }): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src ${STYLE_HASH}`,
      `script-src ${SCRIPT_HASH}`,
      'img-src data:',
      leaves ? "form-action 'self' http: https:" : "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    // The address is the secret. Not `no-referrer`: with it a browser posts `Origin: null`, and we check Origin.
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

const STYLE_HASH = hash(STYLE)
const SCRIPT_HASH = hash(SCRIPT)

function hash(source: Html): string {
  return `'sha256-${createHash('sha256').update(source.text).digest('base64')}'`
}
