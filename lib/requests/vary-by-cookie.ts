import type { IncomingMessage, ServerResponse } from 'node:http'

// The page that a visitor with a session has made for them, and every other one from the build: next.config.ts.
const TWOFOLD = '/pricing'

/**
 * Says of the page which exists once for anyone, and once for a visitor with a session, that it depends on the
 * cookie. Next writes its own `Vary` over that of next.config.ts.
 */
export function varyByCookie({ url = '' }: IncomingMessage, response: ServerResponse): void {
  if (url.split('?')[0] !== TWOFOLD) return
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) => {
    if (name.toLowerCase() !== 'vary' || /\bcookie\b/i.test(String(value))) return set(name, value)
    return set(name, [...(Array.isArray(value) ? value : [String(value)]), 'Cookie'].join(', '))
  }
}
