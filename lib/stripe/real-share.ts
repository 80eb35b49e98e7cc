import type { BilledInvoice, BilledLine, Reversal } from './billed-invoice'

/**
 * The same invoices, each with the part of what it asked for that is there. Stripe gives credit for
 * unused time whether or not that was paid for: an unpaid plan, changed to a smaller one, would
 * pay for years of it. `all`: the customer's, the oldest first; credit for what is not among them is taken
 * for paid. `reversals`: the ways to go back by which money is none any more.
 */
export function withShares(
  all: readonly BilledInvoice[],
  reversals: readonly Reversal[] = [],
): BilledInvoice[] {
  let known = all.map((each) => ({ ...each, share: 0 }))
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = onceMore(known, reversals)
    const same = next.every(({ share }, at) => share === known[at]?.share)
    known = next
    if (same) break
  }
  return known
}

// Credit may be for a bill that is paid later, and with that very credit. What is there only grows from
// round to round, so that nothing is taken for paid because of itself.
const ROUNDS = 8

/** The customer's credit balance, in minor units: what was paid for or given, and what was not. */
type Credits = {
  backed: number
  unbacked: number
  /** Unbacked credit that was used for invoices which are void now: Stripe gives it back. */
  returnable: number
}

// Credit is given and used when an invoice is finalized; a draft has done neither.
function onceMore(all: readonly BilledInvoice[], reversals: readonly Reversal[]): BilledInvoice[] {
  const credits: Credits = { backed: 0, unbacked: 0, returnable: 0 }
  const shares = new Map(all.map(({ id, share }) => [id, share]))
  const final = all.filter(({ finalizedAt }) => finalizedAt !== null)
  for (const invoice of final.sort((a, b) => Number(a.finalizedAt) - Number(b.finalizedAt))) {
    const { id } = invoice
    const unbacked = creditsOf(invoice).reduce((sum, line) => {
      const behind = creditedBy(line, ownBefore(invoice, all))
      const gone = reversals.some((how) => how === behind?.reversed)
      const share = gone ? 0 : behind ? paidShare(behind, shares) : 1
      return sum - line.amount * (1 - share)
    }, 0)
    shares.set(id, shareOf(invoice, unbacked, credits))
  }
  return all.map((each) => ({ ...each, share: shares.get(each.id) ?? 0 }))
}

function shareOf(invoice: BilledInvoice, unbacked: number, credits: Credits): number {
  const { credit, total, missing, carried, status } = invoice
  agree(credits, credit.before)
  // What is left over is put aside, and the backed part pays first.
  const left = Math.max(0, -total)
  const spent = unbacked - Math.min(unbacked, left)
  const drawn = draw(credits, credit.before - credit.after)
  if (left > 0) {
    credits.unbacked += unbacked - spent
    credits.backed += left - (unbacked - spent)
  }
  if (status === 'void') credits.returnable += drawn
  const asked = askedBy(invoice)
  // What is too little to be charged is let pass by itself. Beside credit that was never paid for, nothing came at all.
  const lent = spent + drawn > 0 ? Math.min(carried, Math.max(0, total)) : 0
  return asked > 0 ? whole(1 - (spent + drawn + missing + lent) / asked) : 1
}

// The difference is what Stripe gave back for what is void, or else an operator's: what they give is
// backed, and what they take is unbacked first.
function agree(credits: Credits, balance: number) {
  const change = balance - credits.backed - credits.unbacked
  const unbacked =
    change > 0 ? Math.min(change, credits.returnable) : -Math.min(-change, credits.unbacked)
  credits.returnable -= Math.max(0, unbacked)
  credits.unbacked += unbacked
  credits.backed += change - unbacked
}

// Backed credit is used first. Returns how much of the unbacked was.
function draw(credits: Credits, amount: number): number {
  if (amount <= 0) return 0
  const backed = Math.min(credits.backed, amount)
  credits.backed -= backed
  credits.unbacked -= amount - backed
  return amount - backed
}

/** What is given back for unused time. Whatever else stands there with a minus is an operator's gift. */
export function creditsOf({ lines }: BilledInvoice): BilledLine[] {
  return lines.filter(({ amount, proration }) => amount < 0 && proration)
}

/** For each of these invoices: whether another of them gives credit for what it billed. */
export function isCredited(all: readonly BilledInvoice[]): (invoice: BilledInvoice) => boolean {
  const behind = new Set(
    all.flatMap((each) =>
      creditsOf(each).map((line) => creditedBy(line, ownBefore(each, all))?.id),
    ),
  )
  return ({ id }) => behind.has(id)
}

function ownBefore(
  invoice: BilledInvoice,
  all: readonly BilledInvoice[],
): readonly BilledInvoice[] {
  const before = all.slice(0, all.indexOf(invoice))
  return before.filter(({ subscriptionId }) => subscriptionId === invoice.subscriptionId)
}

// What was billed for the credited time. A price and a period's end may have been changed without a bill.
function creditedBy(credit: BilledLine, before: readonly BilledInvoice[]) {
  const sameTime = before.filter(({ lines }) => lines.some((line) => isBillOf(line, credit)))
  const samePrice = ({ lines }: BilledInvoice) =>
    lines.some((line) => isBillOf(line, credit) && line.priceId === credit.priceId)
  return sameTime.findLast(samePrice) ?? sameTime.at(-1) ?? before.at(-1)
}

/** Whether a line asked for time to the end to which the other gives it back. */
export function isBillOf({ amount, until }: BilledLine, credit: BilledLine): boolean {
  return amount >= 0 && until.getTime() === credit.until.getTime()
}

// What a trial or a coupon gave was not paid, and its rest is worth nothing.
function paidShare(invoice: BilledInvoice, shares: ReadonlyMap<string, number>): number {
  return askedBy(invoice) > 0 ? (shares.get(invoice.id) ?? 0) : 0
}

function askedBy(invoice: BilledInvoice): number {
  return creditsOf(invoice).reduce((sum, { amount }) => sum - amount, invoice.total)
}

// Sums of fractions miss 0 and 1 by a hair.
function whole(share: number): number {
  if (share < 1e-9) return 0
  return share > 1 - 1e-9 ? 1 : share
}
