import {
  findByAddress,
  findByOwnId,
  findByPayment,
  findByPrices,
  findByPromotion,
  findBySession,
  findByText,
  findReportedCustomers,
  findSubscriber,
  findWorkspaceOf,
  type ListedCustomer,
  listNewest,
  listWorkspaces,
} from '@/db/queries/console-customers'
import { findEvent } from '@/db/queries/stored-events'
import {
  type CustomerId,
  type EventId,
  isCheckoutSessionId,
  isCustomerId,
  isEventId,
  isProductId,
  isPromotionCodeId,
  isSubscriptionId,
  isWorkspaceId,
  type WorkspaceId,
} from '@/lib/ids'
import { isStripeId } from '@/lib/stripe/id-kinds'
import { askOwner } from './ask-owner'
import { askPrices } from './ask-prices'

export type { ListedCustomer }

/** What a search found: the one page that it can only mean, or a list with a word about it. */
export type Found =
  | { kind: 'customer'; workspaceId: WorkspaceId }
  | { kind: 'event'; id: EventId }
  | { kind: 'list'; customers: ListedCustomer[]; remark: string | null; events: CustomerId | null }

/**
 * Finds whom or what an operator means: by an address, the beginning of an address or of the words of a name,
 * any id of Stripe's, or one of ours. What our records do not know Stripe is asked, as often as one
 * person may have it asked.
 */
export async function search(asked: string, operator: { id: string }): Promise<Found> {
  const text = asked.replace(/[\p{Cc}\p{Cs}]/gu, '').trim()
  if (text === '') return list(await listNewest(), null)
  if (isWorkspaceId(text.toLowerCase())) return oneOf(await findByOwnId(text.toLowerCase()), text)
  if (isStripeId(text)) return byStripeId(text, operator)
  const exactly = text.includes('@') ? await findByAddress(text.toLowerCase()) : []
  if (exactly.length > 0) return oneOf(exactly, text)
  return oneOf(await findByText(text), text)
}

// What an operator copies out of Stripe's dashboard, an email or a log.
async function byStripeId(id: string, operator: { id: string }): Promise<Found> {
  if (isEventId(id)) {
    if (await findEvent(id)) return { kind: 'event', id }
    return list([], `The inbox has no ${id}. Was it sent to this application?`)
  }
  if (isCustomerId(id)) return ofCustomer(id)
  if (/^(price|plan)_/.test(id)) return buyersOf([id], id)
  if (isProductId(id)) {
    const prices = await askPrices(id, operator)
    return prices.kind === 'prices' ? buyersOf(prices.ids, id) : list([], prices.remark)
  }
  if (isPromotionCodeId(id)) {
    const came = await findByPromotion(id)
    if (came.length > 0) return list(await listWorkspaces(came), `Who came to checkout with ${id}.`)
  }
  const known = await knownOf(id)
  if (known.length > 0) return oneOf(known, id)
  const owner = await askOwner(id, operator)
  if (owner.kind === 'customer') return ofCustomer(owner.id)
  return list([], owner.remark)
}

async function buyersOf(prices: readonly string[], asked: string): Promise<Found> {
  const buyers = await listWorkspaces(await findByPrices(prices))
  return list(buyers, buyers.length === 0 ? `No one has ${asked} now, by our records.` : null)
}

async function knownOf(id: string): Promise<WorkspaceId[]> {
  // A schedule's id begins as a subscription's does.
  const subscriber = isSubscriptionId(id) ? await findSubscriber(id) : null
  if (subscriber) return workspacesOf([subscriber])
  const bySession = isCheckoutSessionId(id) ? await findBySession(id) : []
  if (bySession.length > 0) return bySession
  const byPayment = await findByPayment(id)
  return byPayment.length > 0 ? byPayment : workspacesOf(await findReportedCustomers(id))
}

async function workspacesOf(ids: readonly CustomerId[]): Promise<WorkspaceId[]> {
  const found = await Promise.all(ids.map(findWorkspaceOf))
  return found.flatMap((workspaceId) => workspaceId ?? [])
}

async function ofCustomer(id: CustomerId): Promise<Found> {
  const workspaceId = await findWorkspaceOf(id)
  if (workspaceId) return { kind: 'customer', workspaceId }
  const remark =
    workspaceId === null
      ? `${id} is a customer at Stripe and belongs to no workspace here.`
      : `Our records do not have ${id}.`
  return { ...list([], remark), events: id }
}

async function oneOf(ids: readonly WorkspaceId[], asked: string): Promise<Found> {
  const [only, ...more] = ids
  if (only && more.length === 0) return { kind: 'customer', workspaceId: only }
  if (!only) return list([], `Nothing here is called ${asked.slice(0, 80)}.`)
  return list(await listWorkspaces(ids), null)
}

function list(customers: ListedCustomer[], remark: string | null) {
  return { kind: 'list' as const, customers, remark, events: null }
}
