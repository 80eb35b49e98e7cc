import type Stripe from 'stripe'
import { type Read, required } from '@/sandbox/http/rule'
import { clearable, flag, hash, ignored, integer, list, oneOf, text } from '@/sandbox/http/rules'
import { FEEDBACK } from '@/sandbox/lifecycle/subscription/feedback'

type Features = Stripe.BillingPortal.Configuration.Features

const PRODUCT = {
  product: required(text()),
  prices: required(list(text())),
  adjustable_quantity: hash({
    enabled: required(flag()),
    minimum: integer(0),
    maximum: integer(1),
  }),
}

const PRORATION = oneOf('always_invoice', 'create_prorations', 'none')

/** The `features` of a portal configuration. */
export const FEATURES = {
  customer_update: hash({
    enabled: flag(),
    allowed_updates: clearable(
      list(oneOf('address', 'email', 'name', 'phone', 'shipping', 'tax_id')),
    ),
  }),
  invoice_history: hash({ enabled: required(flag()) }),
  payment_method_update: hash({
    enabled: required(flag()),
    payment_method_configuration: ignored(),
  }),
  subscription_cancel: hash({
    enabled: flag(),
    mode: oneOf('at_period_end', 'immediately'),
    proration_behavior: PRORATION,
    cancellation_reason: hash({
      enabled: flag(),
      options: clearable(list(oneOf(...FEEDBACK))),
      feedback_options: ignored(),
    }),
  }),
  subscription_pause: hash({
    enabled: flag(),
    duration: hash({
      type: required(oneOf('indefinite', 'interval_options')),
      interval_options: clearable(
        list(
          hash({
            interval: required(oneOf('day', 'month', 'week', 'year')),
            interval_count: integer(1),
          }),
        ),
      ),
    }),
  }),
  subscription_update: hash({
    enabled: flag(),
    billing_cycle_anchor: oneOf('now', 'unchanged'),
    default_allowed_updates: clearable(list(oneOf('price', 'promotion_code', 'quantity'))),
    products: clearable(list(hash(PRODUCT), 10)),
    proration_behavior: PRORATION,
    schedule_at_period_end: hash({
      conditions: clearable(
        list(hash({ type: required(oneOf('decreasing_item_amount', 'shortening_interval')) })),
      ),
    }),
    trial_update_behavior: oneOf('continue_trial', 'end_trial'),
  }),
}

/** Features after a change; what was not given stays as it was. */
export function featuresWith(current: Features, given: Read<typeof FEATURES>): Features {
  const {
    customer_update: customer,
    subscription_cancel: cancel,
    subscription_update: update,
    subscription_pause: pause,
  } = given
  const now = current.subscription_cancel
  return {
    customer_update: {
      allowed_updates: orElse(
        customer?.allowed_updates,
        current.customer_update.allowed_updates,
        [],
      ),
      enabled: customer?.enabled ?? current.customer_update.enabled,
    },
    invoice_history: { enabled: given.invoice_history?.enabled ?? current.invoice_history.enabled },
    payment_method_update: {
      ...current.payment_method_update,
      enabled: given.payment_method_update?.enabled ?? current.payment_method_update.enabled,
    },
    subscription_cancel: {
      cancellation_reason: {
        ...now.cancellation_reason,
        enabled: cancel?.cancellation_reason?.enabled ?? now.cancellation_reason.enabled,
        options: orElse(cancel?.cancellation_reason?.options, now.cancellation_reason.options, []),
      },
      enabled: cancel?.enabled ?? now.enabled,
      mode: cancel?.mode ?? now.mode,
      proration_behavior: cancel?.proration_behavior ?? now.proration_behavior,
    },
    subscription_pause: {
      duration: pause?.duration
        ? {
            interval_options: (pause.duration.interval_options ?? []).map(
              ({ interval, interval_count }) => ({ interval, interval_count: interval_count ?? 1 }),
            ),
            type: pause.duration.type,
          }
        : current.subscription_pause.duration,
      enabled: pause?.enabled ?? current.subscription_pause.enabled,
    },
    subscription_update: updateFeature(current.subscription_update, update),
  }
}

function updateFeature(
  current: Features['subscription_update'],
  given: Read<typeof FEATURES>['subscription_update'],
): Features['subscription_update'] {
  const products = given?.products?.map(({ product, prices, adjustable_quantity: range }) => ({
    adjustable_quantity: {
      enabled: range?.enabled ?? false,
      minimum: range?.minimum ?? 1,
      maximum: range?.maximum ?? null,
    },
    prices,
    product,
  }))
  return {
    billing_cycle_anchor: given?.billing_cycle_anchor ?? current.billing_cycle_anchor,
    default_allowed_updates: orElse(
      given?.default_allowed_updates,
      current.default_allowed_updates,
      [],
    ),
    enabled: given?.enabled ?? current.enabled,
    products: given?.products === undefined ? (current.products ?? null) : (products ?? null),
    proration_behavior: given?.proration_behavior ?? current.proration_behavior,
    schedule_at_period_end: {
      conditions: orElse(
        given?.schedule_at_period_end?.conditions,
        current.schedule_at_period_end.conditions,
        [],
      ),
    },
    trial_update_behavior: given?.trial_update_behavior ?? current.trial_update_behavior,
  }
}

/** What was given, what stands when nothing was, and `empty` when it was cleared. */
function orElse<T>(given: T | null | undefined, current: T, empty: T): T {
  return given === undefined ? current : (given ?? empty)
}
