import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf, optionalId } from '@/sandbox/ids'
import { newCard } from '@/sandbox/objects/payment-method'
import { behaviourOf } from '@/sandbox/objects/test-cards'
import type { Sandbox } from '@/sandbox/sandbox'
import { later } from './periods'
import { saveCard } from './save-card'
import { shiftClock } from './shift-clock'
import { endsAt, hasEnded, nextBillingAt } from './subscription/period'
import { startAdvance } from './test-clock/advance'
import { frozenTimeOf } from './test-clock/clock-of'

/** Where the clock can be told to go by what a person wants to see. */
export const JUMPS = ['trial_end', 'renewal', 'decline', 'day', 'month'] as const
export type Jump = (typeof JUMPS)[number]

type Subscription = Readonly<Stripe.Subscription>

const DAY = 86_400
// A renewal's invoice is a draft for an hour; the minute after it is when a person sees what came of it.
const DRAFT_HOUR = 3660
// It can be saved, and is declined at each charge.
const DECLINED_CARD = '4000000000000341'

/** Where a jump leads from `now`, in Unix seconds; null when the subscription has no such thing ahead. */
export function jumpTarget(jump: Jump, now: number, row: Subscription | null): number | null {
  if (jump === 'day') return now + DAY
  if (jump === 'month') return later(now, { interval: 'month', interval_count: 1 }, 1)
  if (!row || hasEnded(row)) return null
  if (jump === 'trial_end') {
    const end = row.status === 'trialing' ? row.trial_end : null
    return end === null ? null : end + DRAFT_HOUR
  }
  const renews = row.status === 'active' || (jump === 'decline' && row.status === 'trialing')
  return renews && endsAt(row) === null ? nextBillingAt(row) + DRAFT_HOUR : null
}

/** The subscription on the sandbox's own clock that a jump would reach first, or null when there is none. */
export function firstFor(sandbox: Sandbox, jump: Jump): Subscription | null {
  const now = sandbox.clock.now()
  const reach = (row: Subscription) => jumpTarget(jump, now, row) ?? Number.POSITIVE_INFINITY
  const able = [...sandbox.store.all('subscription')].filter(
    (row) => row.test_clock === null && jumpTarget(jump, now, row) !== null,
  )
  return able.sort((a, b) => reach(a) - reach(b))[0] ?? null
}

/**
 * Moves the clock to what a person wants to see happen, of the subscription with this id (null: of
 * whichever is first). A subscription on a test clock moves that one. Throws ApiError 400 when there
 * is no such thing ahead.
 */
export function jumpTo(sandbox: Sandbox, jump: Jump, id: string | null) {
  const { store, clock } = sandbox
  const row = id === null ? firstFor(sandbox, jump) : (store.find('subscription', id) ?? null)
  if (id !== null && !row) throw ApiError.missing('subscription', id)
  const now = (row && frozenTimeOf(store, [row.id])) ?? clock.now()
  const target = jumpTarget(jump, now, row)
  if (target === null) throw ApiError.invalid('Nothing of that kind lies ahead.')
  if (row && jump === 'decline') chargeToDeclinedCard(sandbox, row)
  const own = optionalId(row?.test_clock)
  if (id === null || own === null) shiftClock(sandbox, Math.max(0, target - clock.now()))
  else sandbox.changeFor(own, (tx) => void startAdvance(tx, own, target))
  sandbox.scheduler.settle()
}

function chargeToDeclinedCard(sandbox: Sandbox, { id, customer }: Subscription) {
  sandbox.changeFor(id, (tx) => {
    const expYear = new Date(tx.now * 1000).getUTCFullYear() + 4
    const form = { number: DECLINED_CARD, expMonth: 12, expYear, cvc: '123', name: '' }
    const card = newCard(tx.now, form)
    const method = saveCard(tx, idOf(customer), card, behaviourOf(DECLINED_CARD))
    tx.emit('payment_method.attached', 'payment_method', method)
    tx.edit('subscription', id).default_payment_method = method
    tx.emit('customer.subscription.updated', 'subscription', id)
  })
}
