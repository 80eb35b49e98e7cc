import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { optionalId } from '@/sandbox/ids'
import { shiftClock } from '@/sandbox/lifecycle/shift-clock'
import { startAdvance } from '@/sandbox/lifecycle/test-clock/advance'
import { frozenTimeOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import type { Sandbox } from '@/sandbox/sandbox'
import { isWaiting, setUp } from './set-up'
import { type Jump, jumpTarget } from './target'

type Subscription = Readonly<Stripe.Subscription>

/** What a jump came to, besides the time: what it had to set up for the charge, and whether there was one. */
export type Landing = 'jumped' | 'declined' | 'asked' | 'disputed' | 'uncharged'

/** The subscription on the sandbox's own clock that a jump would reach first, or null when there is none. */
export function firstFor({ store, clock }: Sandbox, jump: Jump): Subscription | null {
  const now = clock.now()
  const reach = (row: Subscription) => jumpTarget(store, jump, now, row) ?? Number.POSITIVE_INFINITY
  const able = [...store.all('subscription')].filter(
    (row) => row.test_clock === null && jumpTarget(store, jump, now, row) !== null,
  )
  return able.sort((a, b) => reach(a) - reach(b))[0] ?? null
}

/**
 * Moves the clock to what a person wants to see happen, of the subscription with this id (null: of
 * whichever is first), and says what that took. A subscription on a test clock moves that one.
 * Throws ApiError 400 when there is no such thing ahead.
 */
export function jumpTo(sandbox: Sandbox, jump: Jump, id: string | null): Landing {
  const { store, clock } = sandbox
  const row = id === null ? firstFor(sandbox, jump) : (store.find('subscription', id) ?? null)
  if (id !== null && !row) throw ApiError.missing('subscription', id)
  const now = (row && frozenTimeOf(store, [row.id])) ?? clock.now()
  const target = jumpTarget(store, jump, now, row)
  if (target === null) throw ApiError.invalid('Nothing of that kind lies ahead.')
  const method = row && sandbox.changeFor(row.id, (tx) => setUp(tx, jump, row))
  const own = optionalId(row?.test_clock)
  if (id === null || own === null) shiftClock(sandbox, Math.max(0, target - clock.now()))
  else sandbox.changeFor(own, (tx) => void startAdvance(tx, own, target))
  sandbox.scheduler.settle()
  if (method && sandbox.change(null, (tx) => isWaiting(tx, method))) return 'uncharged'
  return LANDINGS[jump] ?? 'jumped'
}

const LANDINGS: Partial<Record<Jump, Landing>> = {
  decline: 'declined',
  three_d_secure: 'asked',
  dispute: 'disputed',
}
