import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { isOpen } from './open-to-pages'
import { targetOf } from './target'

/**
 * Answers a request that was not meant for us, and says whether it did. A page of any site can make a browser send
 * requests here, and by rebinding its name to 127.0.0.1 read the answers: so Host must be one of
 * `hosts` on every path, and other sites may not reach the controls and the API at all.
 */
export function turnedAway(
  request: IncomingMessage,
  response: ServerResponse,
  { hosts, url }: { hosts: readonly string[]; url: string },
): boolean {
  const problem = problemOf(request, hosts)
  if (problem === null) return false
  const [status, message] = problem
  const error = { type: 'invalid_request_error', message: `${message} Use ${url}.` }
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(`${JSON.stringify({ error })}\n`)
  return true
}

/** The values of Host under which a sandbox is known: this machine's names, and those in `given`. */
export function hostsAt(port: number, given: readonly string[]): string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]', ...given.map((name) => name.toLowerCase())]
  // Clients leave the port out of Host when it is HTTP's own.
  return names.flatMap((name) => {
    if (/:\d+$/.test(name)) return [name]
    return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]
  })
}

/** Whether a browser sent this for a page that is not ours. */
export function isOfAnotherSite({ host, origin, ...headers }: IncomingHttpHeaders): boolean {
  // Browsers send Sec-Fetch-Site only to localhost and https; the Origin of a form post they send everywhere.
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host)
}

function problemOf(request: IncomingMessage, hosts: readonly string[]): [number, string] | null {
  const { headers } = request
  const { path } = targetOf(request)
  const host = headers.host?.toLowerCase() ?? ''
  if (!hosts.includes(host))
    return [403, `This sandbox is not known as "${host}"; --host would give it that name.`]
  // A full URL and `*` are targets for proxies, and URL parsers take a backslash for a slash.
  if (!path.startsWith('/') || path.includes('\\')) return [400, 'The request names no path.']
  // Under /v3 there is only the script of Stripe.js, as at Stripe.
  if (/^\/(_sandbox|v[12])(\/|$)/.test(path) && isOfAnotherSite(headers) && !isOpen(request))
    return [403, 'A page of another site may not send this.']
  // It has no secret in its address: other sites may link to it, and do nothing else with it.
  if (/^\/dashboard(\/|$)/.test(path) && isOfAnotherSite(headers) && !isVisit(request))
    return [403, 'A page of another site may only link to this.']
  return null
}

/** Whether a person comes by a link: a navigation that changes nothing. */
function isVisit({ method, headers }: IncomingMessage): boolean {
  const mode = headers['sec-fetch-mode']
  const navigates = mode === undefined || mode === 'navigate'
  return (method === 'GET' || method === 'HEAD') && navigates && headers.origin === undefined
}
