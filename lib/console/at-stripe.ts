import type { SubscriptionRow } from '@/db/queries/claim'
import { PATIENCE, within } from '@/lib/deadline'
import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { isForeign } from '@/lib/stripe/foreign'
import { type ListedInvoice, listNewestInvoices } from '@/lib/stripe/listed-invoices'
import { mirrorOf } from '@/lib/sync/mirror'
import { productionPorts } from '@/lib/sync/production-ports'
import { type Compared, compare } from './compare'

/** What Stripe says of a customer now, beside what our records say; or why it was not asked, or did not say. */
export type AtStripe =
  | {
      kind: 'shown'
      /** Real time. */
      readAt: Date
      compared: Compared[]
      invoices: ListedInvoice[]
      /** Stripe has deleted it, or does not have it. */
      gone: 'deleted' | 'missing' | null
    }
  | { kind: 'away' }
  | { kind: 'paced'; retryAfterSeconds: number }

/**
 * Asks Stripe about a customer, as often as one person may have it asked, and holds what it says beside our
 * rows. Nothing is written. Never throws: an operator looks because something is wrong, and ours is shown in
 * any case.
 */
export async function readAtStripe(
  customerId: CustomerId,
  ours: readonly SubscriptionRow[],
  operator: { id: string },
): Promise<AtStripe> {
  const decision = await mayRead(operator.id)
  if (!decision.allowed) return { kind: 'paced', retryAfterSeconds: decision.retryAfterSeconds }
  try {
    // The customer, their subscriptions and their invoices: a call each.
    for (let n = 0; n < 3; n += 1) countRead()
    return await within(PATIENCE.stripe, () => ask(customerId, ours))
  } catch (error) {
    log.warn({ target: customerId, error: failureText(error) }, 'console shown without Stripe')
    return { kind: 'away' }
  }
}

async function ask(
  customerId: CustomerId,
  ours: readonly SubscriptionRow[],
): Promise<Extract<AtStripe, { kind: 'shown' }>> {
  const ports = productionPorts()
  const [customer, listed, invoices, now] = await Promise.all([
    ports.stripe.retrieveCustomer(customerId).catch(missing),
    ports.stripe.listSubscriptions(customerId),
    listNewestInvoices(customerId, 24).catch(none),
    ports.clock.now(),
  ])
  const known = new Map(ours.map((row) => [row.id, row]))
  const theirs = listed
    .filter(({ metadata }) => !isForeign(metadata, ports.appEnv))
    .map((each) => mirrorOf(each, known.get(each.id), { prices: ports.prices, now }))
  return {
    kind: 'shown',
    readAt: new Date(),
    compared: compare(ours, theirs),
    invoices,
    gone: customer === null ? 'missing' : customer.deleted ? 'deleted' : null,
  }
}

function missing(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

function none(error: unknown): ListedInvoice[] {
  if (error instanceof NotFound) return []
  throw error
}
