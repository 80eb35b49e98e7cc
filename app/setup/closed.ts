import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { straightPath } from '@/app/api/no-redirect'
import { BRAND } from '@/lib/brand'

/**
 * Answers every request but those for `/setup` and what that page loads, before Next sees them: a deployment
 * without its variables can do nothing right. Always 503, so that Stripe sends its events again.
 */
export function closeAllButSetup(): void {
  Server.prototype.emit = new Proxy(Server.prototype.emit, {
    apply(emit, server, args) {
      const [event, request, response] = args
      if (event === 'request' && refuse(request, response)) return true
      return Reflect.apply(emit, server, args)
    },
  })
}

/** Whether it is answered already. */
function refuse(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = straightPath(request.url ?? '').split('?')
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (reads && OPEN.test(path) && !DOTS.test(path)) return false
  const isPage = !path.startsWith('/api/') && /text\/html/.test(request.headers.accept ?? '')
  response
    .writeHead(503, {
      'retry-after': '60',
      'cache-control': 'no-store',
      'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    })
    .end(isPage ? PAGE : '{"error":"unavailable"}')
  return true
}

// Its scripts, styles and fonts, and the icon that browsers ask for by themselves.
const OPEN = /^\/(setup|icon|_next\/static\/[\w./@~-]+)$/

// Node passes a path on as it was sent, and Next follows its dots. Those that are spelled as %2e are not open anyway.
const DOTS = /\/\.{1,2}(\/|$)/

const { paper, accent } = BRAND.colors

// Without Next, so that nothing that needs a variable is asked.
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Not set up yet</title>
<style>
:root { color-scheme: light dark; --paper: ${paper.light}; --accent: ${accent.light} }
@media (prefers-color-scheme: dark) { :root { --paper: ${paper.dark}; --accent: ${accent.dark} } }
body { margin: 0; padding: 5rem 1.25rem; background: var(--paper); font: 1.0625rem/1.5 system-ui, sans-serif }
main { max-width: 40rem; margin: auto }
a { color: var(--accent) }
</style>
<main>
<h1>${BRAND.name} is not set up yet.</h1>
<p>Variables are missing, so nothing is served but <a href="/setup">what there is to do</a>.</p>
</main>
`
