import type { IncomingMessage, ServerResponse } from 'node:http'
import { deliverAgain } from '@/sandbox/control/deliver-again'
import { ApiError } from '@/sandbox/http/api-error'
import { authenticate } from '@/sandbox/http/authenticate'
import { targetOf } from '@/sandbox/http/target'
import type { Sandbox } from '@/sandbox/sandbox'

/** Answers what only the Stripe CLI asks: a session to listen by, and an event once more. False when it is something else. */
export async function serveCli(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { path } = targetOf(request)
  const resent = /^\/v1\/events\/([^/]+)\/retry$/.exec(path)?.[1]
  if (request.method !== 'POST' || (path !== '/v1/stripecli/sessions' && !resent)) return false
  const answer = (status: number, body: object) =>
    response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(body, null, 2))
  try {
    authenticate(request)
    answer(200, resent ? await resend(sandbox, resent) : sandbox.cli.open())
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
