import type Stripe from 'stripe'
import { later } from '@/sandbox/lifecycle/periods'
import { type NetLine, netLines } from './net-lines'
import type { Records } from './records'
import type { Tier } from './tier'

type Invoice = Readonly<Stripe.Invoice>

/** What one line bought: a plan to an instant, in Unix seconds. */
export type Bought = { tier: Tier; end: number; line: NetLine }

/** A whole period that was not paid for. */
export type Debt = {
  invoice: Invoice
  /** Nothing was ever paid before it. */
  never: 'first' | 'conversion' | null
  /** It was paid for, and the policy takes the plan back with the money. */
  reversed: boolean
  bought: Bought[]
}

/** How a subscription stands after all of its invoices. */
export type Ledger = {
  debts: Debt[]
  /** What the newest paid period and the changes after it bought, the oldest first. */
  bought: Bought[][]
  /** What had been bought before the first change that is not paid; null: there is none. */
  beforeChange: Bought[][] | null
  /** Its newest period was paid in part: the rest was credit that was not paid for. */
  short: boolean
}

/** Goes through the invoices of a subscription in the order in which they were made. */
export function ledgerOf(records: Records): Ledger {
  const ledger: Ledger = { debts: [], bought: [], beforeChange: null, short: false }
  const ends = new Set<number>()
  let begun = false
  // A trial was, or a period for nothing.
  let given = false
  // An unpaid change began a period: whatever follows it bridges nothing that was paid for.
  let lost = false
  for (const invoice of records.invoices) {
    const kind = kindOf(invoice, records, ends)
    for (const { period } of invoice.lines.data) ends.add(period.end)
    if (kind === null) continue
    const reversed = records.isTakenBack(invoice.id)
    const share = invoice.status === 'paid' && !reversed ? records.shareOf(invoice.id) : 0
    const bought = boughtBy(invoice, records, share)
    if (kind === 'change' && share === 1) ledger.bought.push(bought)
    else if (kind === 'change' || (kind === 'anew' && share === 0)) {
      ledger.beforeChange ??= [...ledger.bought]
      lost ||= kind === 'anew'
    } else if (share > 0) {
      Object.assign(ledger, { debts: [], bought: [bought], beforeChange: null, short: share < 1 })
      lost = false
      given = true
      begun ||= share === 1 && !isTrial(invoice, records)
    } else if (!lost) {
      const never = begun ? null : given && kind !== 'first' ? 'conversion' : 'first'
      ledger.debts.push({ invoice, never, reversed, bought })
      giveBack(ledger, invoice)
    }
  }
  return ledger
}

// What a bill gives back is gone, though the bill is not paid.
function giveBack(ledger: Ledger, invoice: Invoice) {
  const back = netLines(invoice).filter(({ amount }) => amount < 0)
  const stays = ({ line }: Bought) =>
    !back.some(({ price, end }) => price === line.price && end === line.end)
  const without = (all: Bought[][]) => all.map((each) => each.filter(stays))
  ledger.bought = without(ledger.bought)
  ledger.beforeChange &&= without(ledger.beforeChange)
}

type Kind = 'first' | 'period' | 'anew' | 'change'

// Null: it asks for no plan. `anew`: a change with which a whole period begins, and not one that is under way.
function kindOf(invoice: Invoice, records: Records, ends: ReadonlySet<number>): Kind | null {
  const plan = planLines(invoice)
  switch (invoice.billing_reason) {
    case 'subscription_create':
      return plan.length > 0 ? 'first' : null
    case 'subscription_cycle':
      return plan.length > 0 ? 'period' : null
    case 'subscription_update':
      if (invoice.status === 'draft') return null
      return plan.some((line) => !ends.has(line.end) && isWhole(line, records)) ? 'anew' : 'change'
    default:
      return null
  }
}

function isWhole({ price, start, end }: NetLine, { recurrenceOf }: Records): boolean {
  const recurrence = recurrenceOf(price)
  return recurrence !== null && later(start, recurrence, 1) === end
}

function isTrial({ created, total }: Invoice, { subscription }: Records): boolean {
  return total === 0 && subscription.trial_end !== null && created < subscription.trial_end
}

// Credits stand there with a minus, and a quantity of none is no plan.
function planLines(invoice: Invoice): NetLine[] {
  return netLines(invoice).filter(({ amount, quantity }) => amount >= 0 && quantity !== 0)
}

// What was paid in part lasts for that part of its time.
function boughtBy(invoice: Invoice, { tierOf }: Records, share: number): Bought[] {
  return planLines(invoice).map((line) => ({
    tier: tierOf(line.price),
    end: share > 0 ? line.start + (line.end - line.start) * share : line.end,
    line,
  }))
}
