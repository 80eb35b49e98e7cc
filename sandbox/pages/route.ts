import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError } from '@/sandbox/http/api-error'
import { targetOf } from '@/sandbox/http/target'
import type { Sandbox } from '@/sandbox/sandbox'
import { handlePaymentForm, handleScript } from '@/sandbox/stripejs/handle'
import type { Call } from './call'
import { handleIntentChallenge } from './challenge/handle-intent'
import { handleCheckout, handleCheckoutChallenge } from './checkout/handle'
import { handlePromotion } from './checkout/handle-promotion'
import { handleQuantity } from './checkout/handle-quantity'
import {
  handleCustomer,
  handleCustomers,
  handleEvent,
  handleEvents,
  handleFront,
  handleJump,
  handleSend,
} from './dashboard/handle'
import { handleChaos } from './dashboard/handle-chaos'
import { handleSettings } from './dashboard/handle-settings'
import { leafPage } from './document/leaf'
import { handleInvoice, handleInvoicePayment, handleInvoicePdf } from './invoice/handle'
import { handleReceipt } from './invoice/handle-receipt'
import { handleCancel } from './portal/handle-cancel'
import { handleDetails } from './portal/handle-details'
import { handleDone, handleHome, handleResume, handleRoot } from './portal/handle-home'
import { handlePause } from './portal/handle-pause'
import { handlePaymentMethod, handlePortalChallenge } from './portal/handle-payment-method'
import { handleTaxIds } from './portal/handle-tax-ids'
import { handleUnpause } from './portal/handle-unpause'
import { handleConfirm, handleUpdate } from './portal/handle-update'
import { Refusal } from './refusal'
import { page, type Reply, send } from './reply'

type Handler = (call: Call) => Reply | Promise<Reply>

const PORTAL = '/p/session/(?<token>[^/]+)'
const SUBSCRIPTION = `${PORTAL}/subscriptions/(?<subscription>[^/]+)`
const ROUTES: readonly (readonly [RegExp, Handler])[] = [
  ['/c/pay/(?<session>[^/]+)', handleCheckout],
  ['/c/pay/(?<session>[^/]+)/challenge/(?<challenge>[^/]+)', handleCheckoutChallenge],
  ['/c/pay/(?<session>[^/]+)/promotion', handlePromotion],
  ['/c/pay/(?<session>[^/]+)/quantity', handleQuantity],
  [PORTAL, handleRoot],
  [`${PORTAL}/home`, handleHome],
  [`${PORTAL}/done`, handleDone],
  [`${PORTAL}/payment-method`, handlePaymentMethod],
  [`${PORTAL}/challenge/(?<challenge>[^/]+)`, handlePortalChallenge],
  [`${PORTAL}/details`, handleDetails],
  [`${PORTAL}/tax-ids`, handleTaxIds],
  [`${SUBSCRIPTION}/cancel`, handleCancel],
  [`${SUBSCRIPTION}/pause`, handlePause],
  [`${SUBSCRIPTION}/unpause`, handleUnpause],
  [`${SUBSCRIPTION}/resume`, handleResume],
  [`${SUBSCRIPTION}/update`, handleUpdate],
  [`${SUBSCRIPTION}/update/confirm`, handleConfirm],
  ['/i/(?<invoice>[^/]+)', handleInvoice],
  ['/i/(?<invoice>[^/]+)/pay', handleInvoicePayment],
  ['/i/(?<invoice>[^/]+)/pdf', handleInvoicePdf],
  ['/receipts/(?<charge>[^/]+)', handleReceipt],
  ['/3ds/(?<intent>[^/]+)', handleIntentChallenge],
  ['/elements/payment', handlePaymentForm],
  // Stripe names it by its release trains, and by version before there were any.
  ['/(?:(?:[a-z]+/)?stripe\\.js|v3)', handleScript],
  ['', handleFront],
  ['/dashboard', handleCustomers],
  ['/dashboard/customers/(?<customer>[^/]+)', handleCustomer],
  ['/dashboard/clock', handleJump],
  ['/dashboard/events', handleEvents],
  ['/dashboard/events/(?<event>[^/]+)', handleEvent],
  ['/dashboard/events/(?<event>[^/]+)/send', handleSend],
  ['/dashboard/chaos', handleChaos],
  ['/dashboard/settings', handleSettings],
].map(([path, handler]) => [new RegExp(`^${path}/?$`), handler] as [RegExp, Handler])

/**
 * Answers a request for Checkout, the portal, a hosted invoice or the dashboard.
 * False, with nothing sent, when the path is none of theirs.
 */
export async function routePages(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { path } = targetOf(request)
  const ours = /^\/($|([cpi]|3ds|dashboard|elements|receipts|v3)(\/|$)|([a-z]+\/)?stripe\.js$)/
  if (!ours.test(path)) return false
  send(await answer(sandbox, request), response, request.method ?? 'GET')
  return true
}

async function answer(sandbox: Sandbox, request: IncomingMessage): Promise<Reply> {
  const { path, query } = targetOf(request)
  try {
    for (const [pattern, handler] of ROUTES) {
      const match = pattern.exec(path)
      if (!match) continue
      const ids = decodeAll(match.groups ?? {})
      return await handler({
        sandbox,
        request,
        method: methodOf(request),
        query: new URLSearchParams(query),
        ids,
      })
    }
    throw notFound()
  } catch (error) {
    const refusal = refusalFor(error)
    const text = leafPage({ title: refusal.title, now: sandbox.clock.now(), text: refusal.message })
    return page(text, { status: refusal.status })
  }
}

function methodOf({ method }: IncomingMessage): Call['method'] {
  if (method === 'POST') return 'POST'
  if (method === 'GET' || method === 'HEAD') return 'GET'
  throw new Refusal(405, 'That page works another way', 'This address answers GET and POST only.')
}

function decodeAll(parts: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, decodeURIComponent(part)]),
    )
  } catch {
    throw notFound()
  }
}

function refusalFor(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (!(error instanceof ApiError)) throw error
  if (error.status === 404) return notFound()
  return new Refusal(error.status, 'That did not work', error.message)
}

function notFound(): Refusal {
  return new Refusal(
    404,
    'This page does not exist',
    'The link may be incomplete, or the sandbox was emptied since it was made. Go back to where you came from and open a new one.',
  )
}
