import type { IncomingMessage, ServerResponse } from 'node:http'
import { RATE_LIMITED, refuseIfAsked } from '@/sandbox/chaos/rate-limit'
import { newId } from '@/sandbox/ids'
import { forPages } from '@/sandbox/objects/for-pages'
import { render } from '@/sandbox/objects/render'
import type { Sandbox } from '@/sandbox/sandbox'
import { API_VERSION } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { ApiError } from './api-error'
import { authenticate } from './authenticate'
import type { Endpoint } from './endpoint'
import { decodeForm, decodeJson, type FormTree } from './form'
import { firstAnswer, inProgress, keepAnswer, keyed } from './idempotency'
import { type Asked, inToday } from './older'
import { isOpen } from './open-to-pages'
import { askedByPage, FOR_PAGES, publishableKey } from './publishable'
import { readBody } from './read-body'
import { createRouter } from './router'
import { targetOf } from './target'
import { isUnserved, unsupported } from './unsupported'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

interface Answer {
  status: number
  body: string
  headers?: Record<string, string>
}

/** Serves `/v1`: authenticates, replays, runs the endpoint in a transaction and answers in Stripe's form. */
export function createApi(sandbox: Sandbox, endpoints: readonly Endpoint[]): Handler {
  const route = createRouter(endpoints)
  const busy = new Set<string>()

  const answer = async (request: IncomingMessage, requestId: string): Promise<Answer> => {
    const { path, query } = targetOf(request)
    const method = request.method ?? 'GET'
    // A page may name its key in the form, which is read first for it.
    const early = isOpen(request) && method === 'POST' ? await readBody(request) : null
    const guest = publishableKey(request, early ?? query) !== null
    if (!guest) authenticate(request)
    refuseIfAsked(sandbox)
    const match = route(method, path)
    if (!match) throw unknownPath(method, path)
    const key = method === 'POST' ? header(request, 'idempotency-key') : undefined
    if (key !== undefined && busy.has(key)) throw inProgress(key)
    if (key !== undefined) busy.add(key)
    try {
      const form = early ?? (method === 'POST' ? await readBody(request) : query)
      const asked = key === undefined ? null : keyed(key, path, form)
      const first =
        asked && firstAnswer(sandbox.store, asked, Math.floor(sandbox.clock.real() / 1000))
      if (first) return replay(first)
      const about = namedIn(form, match.ids)
      const cause = { request: requestId, idempotencyKey: key ?? null }
      const version = header(request, 'stripe-version')
      const tree = (endpoint: Endpoint) =>
        guest
          ? askedByPage(decode(endpoint, form), intentOf(sandbox, match.ids))
          : decode(endpoint, form)
      const today = (endpoint: Endpoint) => inToday(endpoint, tree(endpoint), version)
      const keep = (tx: Tx, reply: Answer) => {
        const at = Math.floor(sandbox.clock.real() / 1000)
        if (asked) keepAnswer(tx, asked, { ...reply, request: requestId, at })
        return reply
      }
      try {
        return sandbox.change(
          cause,
          (tx) =>
            keep(tx, run(tx, match.endpoint, today(match.endpoint), match.ids, sandbox, guest)),
          about,
        )
      } catch (error) {
        // A refused card is an answer that its key keeps, even when nothing else of the request is kept.
        if (!(error instanceof ApiError) || error.status !== 402) throw error
        return sandbox.change(cause, (tx) => keep(tx, refusal(error, guest)), about)
      }
    } finally {
      if (key !== undefined) busy.delete(key)
    }
  }

  return async (request, response) => {
    const requestId = newId('req')
    const reply = await answer(request, requestId).catch((error) => refusal(error))
    const key = header(request, 'idempotency-key')
    const keyHeaders =
      request.method === 'POST' && key !== undefined
        ? { 'Idempotency-Key': key, 'Original-Request': requestId }
        : {}
    response.writeHead(reply.status, {
      'Content-Type': 'application/json',
      'Request-Id': requestId,
      // Not Stripe's: what time it is here, for a program that follows this clock.
      'Sandbox-Now': String(sandbox.clock.now()),
      'Stripe-Version': header(request, 'stripe-version') ?? API_VERSION,
      ...keyHeaders,
      ...(isOpen(request) ? FOR_PAGES : {}),
      ...(request.method === 'POST' && reply.status !== 409 && reply.status !== 429
        ? { 'Stripe-Should-Retry': 'false' }
        : {}),
      ...reply.headers,
    })
    response.end(reply.body)
  }
}

/** A failed charge is an answer, not an accident: what it did stays done. Other refusals undo everything. */
function run(
  tx: Tx,
  endpoint: Endpoint,
  { tree, also }: Asked,
  ids: string[],
  sandbox: Sandbox,
  guest: boolean,
): Answer {
  try {
    const { object, expand } = endpoint.run(tx, tree, ids, sandbox.settings)
    also(tx, object)
    const shown = render(tx, object, expand)
    return { status: 200, body: JSON.stringify(guest ? forPages(shown) : shown, null, 2) }
  } catch (error) {
    if (error instanceof ApiError && error.keepsEffects)
      return { status: 402, body: bodyOf(error, guest) }
    throw error
  }
}

/** `/v2` sends its bodies as JSON, and its queries as `/v1` does. */
function decode({ method, path }: Endpoint, sent: string): FormTree {
  return method === 'POST' && path.startsWith('/v2/') ? decodeJson(sent) : decodeForm(sent)
}

/** The ids that a request names, in its path or its parameters: they decide by which clock it lives. */
function namedIn(form: string, ids: readonly string[]): string[] {
  const given = [...new URLSearchParams(form)].filter(([name]) => !FREE_TEXT.test(name))
  return [...ids, ...given.map(([, value]) => value)]
}

// People may write an id here without meaning the object.
const FREE_TEXT = /metadata|description|name|comment|footer/

function replay(first: { status: number; body: string; request: string }): Answer {
  const headers = { 'Idempotent-Replayed': 'true', 'Original-Request': first.request }
  return { status: first.status, body: first.body, headers }
}

function refusal(error: unknown, guest = false): Answer {
  if (error instanceof ApiError) {
    const headers = error.status === 429 ? RATE_LIMITED : {}
    return { status: error.status, body: bodyOf(error, guest), headers }
  }
  const message = `The sandbox itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  return { status: 500, body: bodyOf(new ApiError(500, { type: 'api_error', message })) }
}

function bodyOf({ body }: ApiError, guest = false): string {
  const objects = Object.entries(body).map(([name, value]) =>
    guest && typeof value === 'object' && value !== null ? [name, forPages(value)] : [name, value],
  )
  return JSON.stringify({ error: Object.fromEntries(objects) }, null, 2)
}

/** The intent that a path names. */
function intentOf({ store }: Sandbox, [id = '']: readonly string[]) {
  return store.find('setup_intent', id) ?? store.find('payment_intent', id)
}

function unknownPath(method: string, path: string): ApiError {
  if (isUnserved(method, path)) return unsupported(`\`${method} ${path}\``, undefined)
  return new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). The sandbox serves the endpoints listed in its README.`,
  })
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
