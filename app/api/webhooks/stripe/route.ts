import { after } from 'next/server'
import { Invalid } from '@/lib/errors'
import { afterPorts } from '@/lib/events/after-ports'
import { inboxPorts } from '@/lib/events/inbox-ports'
import { processEvent } from '@/lib/events/process'
import { readBody } from '@/lib/events/read-body'
import { receiveEvent } from '@/lib/events/receive'

// Seconds. A read of Stripe may take 25, twice with the debounce between, and helping others 5.
export const maxDuration = 60

/** Raw body and signature in, status code out; the work follows the answer. */
export async function POST(request: Request): Promise<Response> {
  try {
    const rawBody = await readBody(request)
    return rawBody ? await take(request, rawBody) : answer(413, { error: 'payload_too_large' })
  } catch (error) {
    if (error instanceof Invalid) return answer(400, { error: 'invalid_payload' })
    throw error
  }
}

async function take(request: Request, rawBody: Uint8Array): Promise<Response> {
  const signature = request.headers.get('stripe-signature')
  const { status, body, stored } = await receiveEvent(inboxPorts(), rawBody, signature)
  if (stored) after(() => processEvent(afterPorts(), stored))
  return answer(status, body)
}

function answer(status: number, body: Record<string, string>): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
