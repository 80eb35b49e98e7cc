import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Env } from '@/lib/env'
import { log } from '@/lib/log'
import { explainOutdatedForms } from './outdated-forms'
import { isOwnHost } from './own-host'
import { peerHeader } from './peer-header'
import { allowSandboxForms } from './sandbox-forms'
import { varyByCookie } from './vary-by-cookie'

// Node publishes each request here before its server hears of it (nodejs.org/api/diagnostics_channel.html#http).
const REQUESTS = 'http.server.request.start'

/** Where a request is led that was meant for another host. */
export const ELSEWHERE = '/dev/elsewhere'

/**
 * Looks at every request before Next does, which gives its pages nothing of the socket and answers
 * many paths by itself: notes the address at the other end and, in development, redirects a request
 * for another host. Elsewhere a proxy may call us what it likes.
 * @returns what ends it
 */
export function meetRequests({ appUrl, appEnv, devTools }: Facts): () => void {
  const warn = warnOnce(appUrl)
  const meet = (message: unknown) => {
    // The cast is Node's own description of what it publishes.
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    request.headers[peerHeader()] = request.socket.remoteAddress
    const ours = appEnv !== 'development' || isOwnHost(request.headers.host, appUrl)
    if (!ours) return leadAway(request)
    if (devTools && !isApi(request)) allowSandboxForms(response)
    explainOutdatedForms(request, response)
    varyByCookie(request, response)
    warn(request)
  }
  subscribe(REQUESTS, meet)
  return () => {
    unsubscribe(REQUESTS, meet)
  }
}

// No form stands in what it answers, and each header of an answer would be looked at.
const isApi = ({ url }: IncomingMessage) => url?.startsWith('/api/')

type Facts = Pick<Env, 'appUrl' | 'appEnv' | 'devTools'>

// Nothing of it is left that could ask for something or prove who asks.
function leadAway(request: IncomingMessage): void {
  const { host } = request.headers
  Object.assign(request, { url: ELSEWHERE, method: 'GET', headers: { host } })
}

// Once, because any client can send such a request at any rate.
function warnOnce(appUrl: string): (request: IncomingMessage) => void {
  let warned = false
  return ({ method, headers }) => {
    const { origin, 'sec-fetch-site': site } = headers
    // A page of ours, the browser says, and yet at another address: every form on it is refused.
    if (warned || method !== 'POST' || site !== 'same-origin' || origin === appUrl) return
    warned = true
    log.warn(
      { origin, appUrl },
      'a form was opened at another address than APP_URL, and is refused: set APP_URL to the address that people open, or redirect that one to it',
    )
  }
}
