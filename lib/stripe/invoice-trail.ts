import type Stripe from 'stripe'
import { isPriceId } from '@/lib/ids'
import { type BilledInvoice, billedInvoice, type Reversal } from './billed-invoice'
import { callStripe } from './call'
import { type LabeledPrice, listPricesOf } from './prices'
import { idOf } from './read'
import { creditsOf, isBillOf, isCredited, withShares } from './real-share'
import { withReversals } from './reversals'

// A paying customer has one within the last two or three; this many unpaid ones in a row are no way to pay.
const LONGEST = 100
// Credit may come from any invoice of the customer. Older than so many it is taken for paid.
const HISTORY = 300
// As many as Stripe puts on an invoice of a subscription, with room.
const LINES = 1_000

/**
 * The invoices of a subscription, newest first, back to the one that brought the money of a whole
 * period or began it. One that is expanded and proves that by itself costs no call; the customer's other
 * invoices are read only where credit paid. `reversals`: the ways to go back by which money is none any
 * more; without one, this is not read.
 */
export async function invoiceTrail(
  of: Stripe.Subscription,
  reversals: readonly Reversal[] = [],
): Promise<BilledInvoice[]> {
  const { latest_invoice: latest } = of
  if (latest === null) return []
  // Always expanded by the call that listed it; a bare id would mean that Stripe ignored that.
  if (typeof latest === 'string') throw new Error(`Stripe did not expand invoice ${latest}.`)
  const newest = await callStripe((stripe) => readWhole(stripe, latest))
  if (!DEPENDS_ON_MONEY.has(of.status) && !isLaterDebt(newest)) return [newest]
  const trail = closes(newest) ? [newest] : await listBack({ subscription: of.id }, closes)
  const shared = trail.some(usesCredit)
    ? await withRealShares(trail, String(idOf(of.customer)), reversals)
    : trail
  return reversals.length > 0 ? withReversals(shared) : shared
}

async function listBack(
  whose: { subscription: string } | { customer: string },
  isLast: (invoice: BilledInvoice) => boolean,
): Promise<BilledInvoice[]> {
  const [most, limit] = 'customer' in whose ? [HISTORY, 100] : [LONGEST, 20]
  return callStripe(async (stripe) => {
    const found: BilledInvoice[] = []
    for await (const invoice of stripe.invoices.list({ ...whose, limit })) {
      const billed = await readWhole(stripe, invoice)
      found.push(billed)
      if (isLast(billed) || found.length === most) break
    }
    return found
  })
}

async function readWhole(stripe: Stripe, invoice: Stripe.Invoice): Promise<BilledInvoice> {
  const { data, has_more: hasMore } = invoice.lines
  if (!hasMore) return billedInvoice(invoice, data)
  const lines = stripe.invoices.listLineItems(String(invoice.id), { limit: 100 })
  return billedInvoice(invoice, await lines.autoPagingToArray({ limit: LINES }))
}

async function withRealShares(
  trail: BilledInvoice[],
  customer: string,
  reversals: readonly Reversal[],
): Promise<BilledInvoice[]> {
  const read = isTraced(trail) ? trail : await listBack({ customer }, () => false)
  const all = read.toReversed()
  const known = reversals.length > 0 ? await withReversals(all, isCredited(all)) : all
  const shared = withShares(known, reversals)
  return trail.map((each) => shared.find(({ id }) => id === each.id) ?? each)
}

// Whether all credit that they use is for what stands on one of them.
function isTraced(trail: readonly BilledInvoice[]): boolean {
  return trail.every(
    (invoice, at) =>
      invoice.credit.before <= invoice.credit.after &&
      creditsOf(invoice).every((credit) =>
        trail.slice(at + 1).some(({ lines }) => lines.some((line) => isBillOf(line, credit))),
      ),
  )
}

// Every other status allows nothing, or (a trial) was given for nothing.
const DEPENDS_ON_MONEY: ReadonlySet<string> = new Set(['active', 'past_due'])

// Whether the plan ever began is said of what is off, too: of a renewal alone that is not known.
function isLaterDebt({ reason, status }: BilledInvoice): boolean {
  return reason !== 'first' && status !== 'paid'
}

// Nothing before it matters for what is paid now. One that credit helped to pay does not close: the
// credit may be for a plan that was never paid.
function closes(invoice: BilledInvoice): boolean {
  const { reason, status, paid } = invoice
  if (reason === 'first') return true
  return reason === 'renewal' && status === 'paid' && paid > 0 && !usesCredit(invoice)
}

function usesCredit(invoice: BilledInvoice): boolean {
  return invoice.credit.before > invoice.credit.after || creditsOf(invoice).length > 0
}

/** What the invoices name and the items do not, asked for only where the plan before may decide. */
export async function formerPrices(
  of: Stripe.Subscription,
  trail: readonly BilledInvoice[],
): Promise<LabeledPrice[]> {
  if (!mayFallBack(of, trail)) return []
  const current = new Set(of.items.data.map(({ price }) => price.id))
  const named = trail.flatMap(({ lines }) => lines.map(({ priceId }) => priceId))
  const former = new Set(named.filter(isPriceId).filter((id) => !current.has(id)))
  const prices = await Promise.all([...former].map((id) => listPricesOf({ kind: 'price', id })))
  return prices.flat()
}

function mayFallBack(
  { status, pause_collection }: Stripe.Subscription,
  trail: readonly BilledInvoice[],
): boolean {
  if (status === 'past_due' || pause_collection !== null) return true
  return trail.some(
    ({ reason, status, share, reversed }) =>
      reversed !== null || (share < 1 && (reason === 'change' || status === 'paid')),
  )
}
