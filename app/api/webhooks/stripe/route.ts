import { after } from 'next/server'
import { Invalid } from '@/lib/errors'
import { backlogPorts } from '@/lib/jobs/backlog-ports'
import { log } from '@/lib/log'
import { flushSpans, span } from '@/lib/span'
import { inboxPorts } from '@/lib/webhooks/inbox-ports'
import { processEvent } from '@/lib/webhooks/process'
import { readBody } from '@/lib/webhooks/read-body'
import { receiveEvent, type Stored } from '@/lib/webhooks/receive'

// Seconds. A read of Stripe may take 25, twice with the debounce between, and helping others 5.
export const maxDuration = 60

/**
 * Raw body and signature in, status code out; the work follows the answer. No `apiRoute` around it:
 * each of its steps has a deadline of its own, and each failure an answer.
 */
export async function POST(request: Request): Promise<Response> {
  return span('webhook', { 'http.request_id': requestId(request) }, () => receive(request))
}

async function receive(request: Request): Promise<Response> {
  try {
    const rawBody = await readBody(request)
    return rawBody ? await take(request, rawBody) : answer(413, { error: 'payload_too_large' })
  } catch (error) {
    if (error instanceof Invalid) return answer(400, { error: 'invalid_payload' })
    // Whatever it was, the event is not ours yet, and Stripe must send it again.
    log.error(
      { err: error },
      'A delivery failed with an unexpected error; Stripe will send it again.',
    )
    return answer(503, { error: 'unavailable' })
  }
}

/**
 * A delivery is a POST: without this Next would answer this one by itself, as if there were
 * something here to ask for.
 */
export function OPTIONS(): Response {
  return new Response(null, { status: 405, headers: { allow: 'POST' } })
}

async function take(request: Request, rawBody: Uint8Array): Promise<Response> {
  const signature = request.headers.get('stripe-signature')
  const { status, body, stored } = await receiveEvent(inboxPorts(), rawBody, signature)
  if (stored) after(() => follow(stored))
  return answer(status, body)
}

async function follow(stored: Stored): Promise<void> {
  const ids = { 'stripe.event_id': stored.eventId }
  await span('webhook.process', ids, () => processEvent(backlogPorts(), stored))
  // A function may be frozen from here on.
  await flushSpans()
}

// What Vercel, and most proxies, name a request by in their own logs.
function requestId({ headers }: Request): string | null {
  return headers.get('x-vercel-id') ?? headers.get('x-request-id')
}

function answer(status: number, body: Record<string, string>): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
