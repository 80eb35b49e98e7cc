import type { IncomingMessage, ServerResponse } from 'node:http'
import { deliverAgain } from '@/sandbox/control/deliver-again'
import { ApiError } from '@/sandbox/http/api-error'
import { authenticate } from '@/sandbox/http/authenticate'
import { readBody } from '@/sandbox/http/read-body'
import { targetOf } from '@/sandbox/http/target'
import type { Sandbox } from '@/sandbox/sandbox'
import { confirmPaymentPage, showPaymentPage } from './payment-page'

type Act = (sandbox: Sandbox, id: string, request: IncomingMessage) => object | Promise<object>

const ACTS: [RegExp, Act][] = [
  [/^POST \/v1\/stripecli\/sessions$/, (sandbox) => sandbox.cli.open()],
  [/^POST \/v1\/events\/evt_\w+\/retry$/, (sandbox, id) => resend(sandbox, id)],
  [/^GET \/v1\/payment_pages\/cs_\w+$/, (sandbox, id) => showPaymentPage(sandbox, id)],
  [
    /^POST \/v1\/payment_pages\/cs_\w+\/confirm$/,
    async (sandbox, id, request) => confirmPaymentPage(sandbox, id, await readBody(request)),
  ],
]

/**
 * Answers what only the Stripe CLI asks: a session to listen by, an event once more, and Checkout's
 * page. False when it is something else.
 */
export async function serveCli(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { path } = targetOf(request)
  const asked = `${request.method} ${path}`
  const [, act] = ACTS.find(([pattern]) => pattern.test(asked)) ?? []
  const id = /\/(evt_\w+|cs_\w+)/.exec(path)?.[1] ?? ''
  if (!act) return false
  const answer = (status: number, body: object) =>
    response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(body, null, 2))
  try {
    authenticate(request)
    answer(200, await act(sandbox, id, request))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    answer(error.status, { error: error.body })
  }
  return true
}

async function resend(sandbox: Sandbox, id: string): Promise<object> {
  await deliverAgain(sandbox, id)
  const event = sandbox.store.find('event', id)
  if (!event) throw ApiError.missing('event', id)
  sandbox.cli.send(event)
  return event
}
