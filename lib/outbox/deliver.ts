import { listDueKinds } from '@/db/queries/outbox'
import { normalizeEmail } from '@/lib/auth/email-address'
import type { Clock } from '@/lib/clock'
import { TO_STRIPE } from '@/lib/customers/details'
import { NOTIFICATION } from '@/lib/events/notifications'
import { collectDue } from '@/lib/invoices/collect'
import { deliverMail } from '@/lib/mail/deliver'
import { MAIL } from '@/lib/mail/mail'
import { CLOSE_PAGES } from '@/lib/overrides/closings'
import { PRICE_MOVE } from '@/lib/price-moves/ask'
import { ERASE } from '@/lib/retention/request-erasure'
import { CANCEL_UNSTARTED } from '@/lib/sync/cancellations'
import { COLLECTION } from '@/lib/sync/collection-tasks'
import { CREDITS } from '@/lib/sync/credit-tasks'
import { FROM_STRIPE } from '@/lib/sync/details'
import { REPLAN } from '@/lib/sync/replan-tasks'
import { TRIAL } from '@/lib/sync/trial-tasks'
import { deliverCancellations } from './deliver-cancellations'
import { deliverClosings } from './deliver-closings'
import { deliverCredits } from './deliver-credits'
import { deliverDetails } from './deliver-customer-details'
import { deliverErasures } from './deliver-erasures'
import { deliverMeterEvents } from './deliver-meter-events'
import { deliverNotifications } from './deliver-notification'
import { deliverPriceMoves } from './deliver-price-moves'
import { deliverReplans } from './deliver-replans'
import { deliverTrials } from './deliver-trials'
import { rewrite } from './rewrite-notification'

// Milliseconds in which a further batch is begun. One takes as long as its slowest email.
const BUDGET_MS = 8_000

type Delivered = { followed: number; noticed: number; mailed: number; canceled: number }

/**
 * Works through what is due in the outbox: what is to be canceled, updated or closed at Stripe, which makes
 * notifications, then the notifications, which make emails, then the emails, batch after batch until nothing is
 * left or the time is up. Answers how many of each went. Safe to run twice at once.
 */
export async function deliverOutbox(clock: Clock, budgetMs = BUDGET_MS): Promise<Delivered> {
  const until = Date.now() + budgetMs
  const count: Delivered = { followed: 0, noticed: 0, mailed: 0, canceled: 0 }
  for (let went = 1; went > 0 && Date.now() < until; ) {
    went = 0
    // Asked once for all: mostly nothing is due, or one kind, and each step would ask by itself.
    const due = new Set(await listDueKinds(KINDS))
    for (const { kinds, counts, deliver } of STEPS) {
      if (kinds !== 'any' && !kinds.some((kind) => due.has(kind))) continue
      const dealtWith = await deliver(clock)
      if (counts) count[counts] += dealtWith
      went += dealtWith
    }
  }
  return count
}

type Step = {
  /** The kinds of entries that it works through; `any`: it looks by itself. */
  kinds: readonly string[] | 'any'
  counts?: keyof Delivered
  /** Deals with a batch, and answers how many entries that were. */
  deliver(clock: Clock): Promise<number>
}

// In the order in which one makes work for the next.
const STEPS: readonly Step[] = [
  { kinds: [CLOSE_PAGES], deliver: () => deliverClosings() },
  { kinds: [ERASE], deliver: () => deliverErasures() },
  { kinds: [CANCEL_UNSTARTED], counts: 'canceled', deliver: () => deliverCancellations() },
  {
    kinds: [TO_STRIPE, FROM_STRIPE],
    counts: 'followed',
    deliver: () => deliverDetails(normalizeEmail),
  },
  { kinds: [COLLECTION], deliver: () => collectDue() },
  { kinds: [CREDITS], deliver: () => deliverCredits() },
  { kinds: [TRIAL], deliver: () => deliverTrials() },
  { kinds: [REPLAN], deliver: () => deliverReplans() },
  // Also when none is due: it makes entries of the uses that wait to be gathered.
  { kinds: 'any', deliver: (clock) => deliverMeterEvents(clock) },
  { kinds: [NOTIFICATION], counts: 'noticed', deliver: (clock) => deliverNotifications(clock) },
  {
    kinds: [MAIL],
    counts: 'mailed',
    deliver: (clock) =>
      deliverMail(undefined, { rewrite: (key, mail) => rewrite(key, mail, clock) }),
  },
  // Behind the emails: a hundred thousand of them hold up no one's sign-in link.
  { kinds: [PRICE_MOVE], deliver: () => deliverPriceMoves() },
]

const KINDS = STEPS.flatMap(({ kinds }) => (kinds === 'any' ? [] : kinds))
