import { type IncomingMessage, Server, type ServerResponse } from 'node:http'

/**
 * Takes away, before Next sees a request for an API route, what Next would answer with a redirect of its
 * own: doubled slashes, backslashes and a whole URL for a path (308), and a header that asks for a page's
 * data (307). Stripe counts a redirect as a failed delivery, and no client follows it with
 * its body. Next has no setting for the first, and no hook that comes before it.
 */
export function keepFromRedirecting(): void {
  if (Object.hasOwn(Server.prototype, DONE)) return
  Object.defineProperty(Server.prototype, DONE, { value: true })
  Server.prototype.emit = new Proxy(Server.prototype.emit, {
    apply(emit, server, args) {
      const [event, request, response] = args
      if (event === 'request' && isTaken(request, response)) return true
      return Reflect.apply(emit, server, args)
    },
  })
}

// Next reloads modules in development, and the prototype stays.
const DONE = Symbol.for('app.no-redirect')

/** Whether it is answered already. */
function isTaken(request: IncomingMessage, response: ServerResponse): boolean {
  const straight = straightPath(request.url ?? '')
  if (!straight.startsWith('/api/')) return false
  request.url = straight
  for (const name of PAGE_DATA) delete request.headers[name]
  // Next cannot make a request of this method, and would print a stack trace for each one that is sent.
  if (request.method !== 'TRACE') return false
  response.writeHead(405, { allow: 'GET, POST' }).end()
  return true
}

/** The path and query of a request's target, with single slashes: what a URL means by them. */
export function straightPath(target: string): string {
  const [path = '', ...query] = target.replace(/^https?:\/\/[^/\\?#]*/i, '').split('?')
  return [path.replaceAll(/[/\\]+/g, '/'), ...query].join('?')
}

// With any of these Next looks for a page behind the address.
const PAGE_DATA = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
]
