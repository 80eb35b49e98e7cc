import type { ShownStatus } from '@/lib/status'

type Paid = { anchor: Date; currentPeriodEnd: Date; months: number }

// Before the invoice that is to be charged again is made, and not so long that it would be noticed.
const BEFORE_MS = 3_600_000
// In UTC every day is as long.
const DAY_MS = 86_400_000

/**
 * When Stripe charges again, after the invoices of so many months from the end of this one were made void:
 * an hour before the period that is paid for again begins, so that no days in between are for nothing.
 */
export function pauseUntil({ anchor, currentPeriodEnd, months }: Paid): Date {
  const passed =
    (currentPeriodEnd.getUTCFullYear() - anchor.getUTCFullYear()) * 12 +
    currentPeriodEnd.getUTCMonth() -
    anchor.getUTCMonth()
  return new Date(addMonths(anchor, passed + months).getTime() - BEFORE_MS)
}

/**
 * From when a plan is charged again whose pause ends at `resumesAt`: a pause of ours ends an hour
 * before the period that is, and one that was set at Stripe at any time.
 */
export function chargesFrom(
  resumesAt: Date,
  { currentPeriodEnd }: { currentPeriodEnd: Date | null },
): Date {
  const begins = new Date(resumesAt.getTime() + BEFORE_MS)
  const isOurs = currentPeriodEnd && (begins.getTime() - currentPeriodEnd.getTime()) % DAY_MS === 0
  return isOurs ? begins : resumesAt
}

/**
 * Whether a plan can be paused: one that is in order, and billed by the month. While the invoice of a period that has
 * begun is not paid, a pause would let that pass as well, and the plan would end at once.
 */
export function canPause({
  status,
  interval,
  isCanceling,
  isBilled,
}: {
  status: ShownStatus
  interval: string | null
  isCanceling: boolean
  isBilled: boolean
}): boolean {
  return status === 'active' && interval === 'month' && !isCanceling && !isBilled
}

const UNPAID: readonly string[] = ['draft', 'open', 'sent', 'skipped']

/** Whether a payment, or an invoice, is one whose money is still to come. */
export function isStillToPay(state: string): boolean {
  return UNPAID.includes(state)
}

// Stripe counts periods from the anchor; a shorter month ends one on its last day.
function addMonths(anchor: Date, months: number): Date {
  const day = anchor.getUTCDate()
  const moved = new Date(anchor)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(day, last))
  return moved
}
