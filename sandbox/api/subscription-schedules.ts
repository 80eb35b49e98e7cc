import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing } from '@/sandbox/http/rule'
import { either, flag, hash, ignored, instant, oneOf, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { currentPhase, enterPhase } from '@/sandbox/lifecycle/schedule/advance'
import { attachSchedule } from '@/sandbox/lifecycle/schedule/attach'
import { endSchedule, releaseSchedule } from '@/sandbox/lifecycle/schedule/detach'
import { settingsOfPhase } from '@/sandbox/lifecycle/schedule/phase-settings'
import { writeSchedule } from '@/sandbox/lifecycle/schedule/start'
import { cancelNow } from '@/sandbox/lifecycle/subscription/cancel-now'
import { endsAt, hasEnded } from '@/sandbox/lifecycle/subscription/period'
import { newSchedule } from '@/sandbox/objects/subscription-schedule'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { named, ownMethod } from './references'
import { keepBare } from './schedule-discounts'
import { NEW_PHASES, PHASES, phasesFrom, phasesOf } from './schedule-params'
import { PRORATION } from './subscription-params'

export const createSchedule = endpoint(
  'POST',
  '/v1/subscription_schedules',
  {
    from_subscription: text(),
    metadata: metadata(),
    end_behavior: oneOf('cancel', 'none', 'release', 'renew'),
    phases: NEW_PHASES,
    customer: text(),
    start_date: either(oneOf('now'), instant()),
    default_settings: hash({
      default_payment_method: text(),
      collection_method: oneOf('charge_automatically'),
      description: ignored(),
      invoice_settings: ignored(),
    }),
  },
  ({ tx, params, settings }) => {
    const { from_subscription: id } = params
    if (id === undefined) return writeNew(tx, settings, params)
    const others = [
      params.phases,
      params.end_behavior,
      params.metadata,
      params.customer,
      params.start_date,
      params.default_settings,
    ]
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
      const before = currentPhase(schedule)
      schedule.phases = phasesOf(tx, schedule, params.phases)
      keepBare(tx, schedule, params.phases)
      const [first] = schedule.phases
      if (first && schedule.status === 'active') {
        if (first.end_date <= tx.now)
          throw ApiError.invalid('The current phase must end in the future.', 'phases[0][end_date]')
        schedule.current_phase = { start_date: first.start_date, end_date: first.end_date }
        const now = {
          ...first,
          proration_behavior: params.proration_behavior ?? 'create_prorations',
        }
        const subscription = idOf(schedule.subscription ?? '')
        Object.assign(tx.edit('subscription', subscription), settingsOfPhase(schedule, first))
        enterPhase(tx, settings, subscription, now, before)
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
    if (running(tx, id).subscription === null)
      throw ApiError.invalid('A schedule that has not started has nothing to release.')
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
    if (schedule.subscription === null) return schedule
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

interface New {
  customer?: string | undefined
  start_date?: 'now' | number | undefined
  phases?: Parameters<typeof phasesFrom>[2] | undefined
  end_behavior?: 'cancel' | 'none' | 'release' | 'renew' | undefined
  metadata?: Record<string, string> | null | undefined
  default_settings?: { default_payment_method: string | undefined } | undefined
}

/** A schedule that makes its own subscription, now or on its first day. */
function writeNew(tx: Tx, settings: Settings, asked: New): Stripe.SubscriptionSchedule {
  if (asked.customer === undefined) throw missing('customer')
  if (!asked.phases || asked.phases.length === 0) throw missing('phases')
  if (asked.start_date === undefined) throw missing('start_date')
  const customer = named(tx, 'customer', asked.customer, 'customer').id
  const start = asked.start_date === 'now' ? tx.now : asked.start_date
  if (start < tx.now) throw ApiError.invalid('The start date cannot be in the past.', 'start_date')
  const phases = phasesFrom(tx, start, asked.phases, { customer, held: [] })
  const method = asked.default_settings?.default_payment_method
  const { default_settings } = newSchedule(tx.now, {
    customer,
    subscription: null,
    phases,
    testClock: null,
  })
  const given = {
    metadata: withMetadata({}, asked.metadata),
    ...(asked.end_behavior ? { end_behavior: asked.end_behavior } : {}),
    default_settings: {
      ...default_settings,
      default_payment_method:
        method === undefined
          ? null
          : ownMethod(tx, method, customer, 'default_settings[default_payment_method]'),
    },
  }
  return writeSchedule(tx, settings, { customer, phases, given }, (schedule) =>
    keepBare(tx, schedule, asked.phases ?? []),
  )
}

function running(tx: Tx, id: string): Stripe.SubscriptionSchedule {
  const schedule = tx.edit('subscription_schedule', id)
  if (schedule.status === 'active' || schedule.status === 'not_started') return schedule
  throw ApiError.invalid(
    `This subscription schedule is ${schedule.status}, and can no longer be changed.`,
  )
}
