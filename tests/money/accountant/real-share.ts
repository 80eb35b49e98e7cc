import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { agree, type Balance, draw, putAside } from './balance'
import type { Cash as AllCash } from './cash'
import { type NetLine, netLines } from './net-lines'

type Invoice = Readonly<Stripe.Invoice>
type Cash = Pick<AllCash, 'received'> & { isTakenBack(invoice: string): boolean }
type Shares = ReadonlyMap<string, number>
type Bill = {
  invoice: Invoice
  subscription: string | null
  takes: NetLine[]
  gives: NetLine[]
  /** What it asks for that is new, in minor units. */
  asked: number
}

// An invoice can be credited for what is paid later, even with that very credit: each round, from 0 up, comes closer.
const ROUNDS = 8

/**
 * Which part of what each invoice asked for is really there, from 0 to 1, by the invoice's id: money, or
 * credit that money brought or an operator gave. Credit for an unpaid invoice is no money.
 * `invoices`: all of one customer, in the order in which they were made.
 */
export function realShares(invoices: readonly Invoice[], cash: Cash): Shares {
  const bills = invoices.map(billOf)
  let shares: Shares = new Map()
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = goThrough(bills, shares, cash)
    const same = bills.every(({ invoice: { id } }) => next.get(id) === shares.get(id))
    shares = next
    if (same) break
  }
  return shares
}

function billOf(invoice: Invoice): Bill {
  const net = netLines(invoice)
  const gives = net.filter(({ amount }) => amount < 0)
  return {
    invoice,
    subscription: optionalId(invoice.parent?.subscription_details?.subscription),
    takes: net.filter(({ amount }) => amount >= 0),
    gives,
    asked: invoice.total - gives.reduce((sum, { amount }) => sum + amount, 0),
  }
}

function goThrough(bills: readonly Bill[], known: Shares, cash: Cash): Shares {
  const shares = new Map<string, number>()
  const balance: Balance = { paid: 0, unpaid: 0, lent: 0 }
  const worth = ({ invoice: { id }, asked }: Bill) =>
    // What was asked for nothing has nothing to give back, and neither has what went back already.
    asked > 0 && !cash.isTakenBack(id) ? (shares.get(id) ?? known.get(id) ?? 0) : 0
  for (const bill of inOrderOfFinalization(bills)) {
    const { invoice, asked, gives } = bill
    const made = bills.slice(0, bills.indexOf(bill))
    const unpaid = gives.reduce((sum, line) => {
      const behind = billedFor(line, made, bill.subscription)
      return sum - line.amount * (behind ? 1 - worth(behind) : 0)
    }, 0)
    // The balance goes through every invoice, whatever it asked for.
    const lacks = lacking(invoice, unpaid, balance, cash)
    shares.set(invoice.id, asked > 0 ? tidy(1 - lacks / asked) : 1)
  }
  return shares
}

// What of an invoice was paid with credit that was not paid for, or not at all.
function lacking(invoice: Invoice, unpaid: number, balance: Balance, cash: Cash): number {
  agree(balance, Math.max(0, -invoice.starting_balance))
  if (invoice.total < 0) return putAside(balance, -invoice.total, unpaid)
  const missing = Math.max(0, invoice.amount_due - cash.received(invoice.id))
  const empty = unpaid + draw(balance, invoice)
  // Too little to be charged: let pass, but not where the rest is credit that no one paid for.
  const isCarried = invoice.status === 'paid' && invoice.amount_due === 0
  const carried = isCarried ? Math.min(invoice.total, Math.max(0, invoice.ending_balance ?? 0)) : 0
  return empty + missing + (empty > 0 ? carried : 0)
}

// Sums of fractions are off by a hair.
function tidy(share: number): number {
  const near = Math.round(share)
  return Math.abs(share - near) < 1e-9 ? Math.min(1, Math.max(0, near)) : share
}

function inOrderOfFinalization(bills: readonly Bill[]): Bill[] {
  const at = ({ invoice }: Bill) => invoice.status_transitions.finalized_at ?? 0
  return bills.filter((each) => at(each) > 0).sort((a, b) => at(a) - at(b))
}

// What a credit gives back was billed by the newest invoice before it for the same price to the same end;
// or for another price, or to another end, if these were changed without a bill.
function billedFor(
  { price, end }: NetLine,
  made: readonly Bill[],
  subscription: string | null,
): Bill | undefined {
  const own = made.filter((each) => each.subscription === subscription)
  const toEnd = own.filter(({ takes }) => takes.some((line) => line.end === end))
  const exact = toEnd.findLast(({ takes }) =>
    takes.some((line) => line.end === end && line.price === price),
  )
  return exact ?? toEnd.at(-1) ?? own.at(-1)
}
