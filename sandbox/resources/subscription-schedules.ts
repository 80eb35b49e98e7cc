import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing } from '@/sandbox/http/rule'
import { flag, oneOf, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { enterPhase } from '@/sandbox/lifecycle/schedule/advance'
import { attachSchedule } from '@/sandbox/lifecycle/schedule/attach'
import { endSchedule, releaseSchedule } from '@/sandbox/lifecycle/schedule/detach'
import { cancelNow } from '@/sandbox/lifecycle/subscription/cancel-now'
import { endsAt, hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'
import { NEW_PHASES, PHASES, phasesOf } from './schedule-params'
import { PRORATION } from './subscription-params'

export const createSchedule = endpoint(
  'POST',
  '/v1/subscription_schedules',
  {
    from_subscription: text(),
    metadata: metadata(),
    end_behavior: oneOf('cancel', 'none', 'release', 'renew'),
    phases: NEW_PHASES,
  },
  ({ tx, params }) => {
    const { from_subscription: id } = params
    if (id === undefined) throw missing('from_subscription')
    const others = [params.phases, params.end_behavior, params.metadata]
    if (others.some((value) => value !== undefined))
      throw ApiError.invalid(
        'You cannot set any other parameters if `from_subscription` is set.',
        'from_subscription',
      )
    const subscription = named(tx, 'subscription', id, 'from_subscription')
    if (hasEnded(subscription) || subscription.status === 'paused')
      throw ApiError.invalid(
        `A schedule cannot be made from a subscription that is ${subscription.status}.`,
        'from_subscription',
      )
    if (subscription.schedule)
      throw ApiError.invalid(
        `You cannot migrate a subscription that is already attached to a schedule: ${idOf(subscription.schedule)}.`,
        'from_subscription',
      )
    if (endsAt(subscription) !== null)
      throw ApiError.invalid(
        'You cannot migrate a subscription that is set to be canceled.',
        'from_subscription',
      )
    return attachSchedule(tx, id)
  },
)

export const getSchedule = endpoint('GET', '/v1/subscription_schedules/:id', {}, ({ tx, id }) =>
  tx.get('subscription_schedule', id),
)

export const updateSchedule = endpoint(
  'POST',
  '/v1/subscription_schedules/:id',
  {
    end_behavior: oneOf('cancel', 'none', 'release', 'renew'),
    metadata: metadata(),
    phases: PHASES,
    proration_behavior: PRORATION,
  },
  ({ tx, id, params, settings }) => {
    const schedule = running(tx, id)
    schedule.metadata = withMetadata(schedule.metadata, params.metadata)
    if (params.end_behavior !== undefined) schedule.end_behavior = params.end_behavior
    if (params.phases && params.phases.length > 0) {
      schedule.phases = phasesOf(tx, schedule, params.phases)
      const [first] = schedule.phases
      if (first) {
        if (first.end_date <= tx.now)
          throw ApiError.invalid('The current phase must end in the future.', 'phases[0][end_date]')
        schedule.current_phase = { start_date: first.start_date, end_date: first.end_date }
        const now = {
          ...first,
          proration_behavior: params.proration_behavior ?? 'create_prorations',
        }
        enterPhase(tx, settings, idOf(schedule.subscription ?? ''), now)
      }
    }
    tx.emit('subscription_schedule.updated', 'subscription_schedule', id)
    return schedule
  },
)

export const releaseRunningSchedule = endpoint(
  'POST',
  '/v1/subscription_schedules/:id/release',
  { preserve_cancel_date: flag() },
  ({ tx, id }) => {
    running(tx, id)
    releaseSchedule(tx, id)
    return tx.get('subscription_schedule', id)
  },
)

export const cancelSchedule = endpoint(
  'POST',
  '/v1/subscription_schedules/:id/cancel',
  { invoice_now: flag(), prorate: flag() },
  ({ tx, id, params, settings }) => {
    const schedule = running(tx, id)
    endSchedule(tx, id, 'canceled')
    cancelNow(tx, settings, idOf(schedule.subscription ?? ''), {
      invoiceNow: params.invoice_now ?? true,
      prorate: params.prorate ?? true,
      comment: null,
      feedback: null,
    })
    return tx.get('subscription_schedule', id)
  },
)

export const listSchedules = endpoint(
  'GET',
  '/v1/subscription_schedules',
  {
    ...paging,
    customer: text(),
    created: range(),
    scheduled: flag(),
  },
  ({ tx, params }) =>
    page(
      tx.all('subscription_schedule'),
      params,
      '/v1/subscription_schedules',
      (row) =>
        (params.customer === undefined || optionalId(row.customer) === params.customer) &&
        within(row.created, params.created),
    ),
)

function running(tx: Tx, id: string): Stripe.SubscriptionSchedule {
  const schedule = tx.edit('subscription_schedule', id)
  if (schedule.status === 'active') return schedule
  throw ApiError.invalid(
    `This subscription schedule is ${schedule.status}, and can no longer be changed.`,
  )
}
