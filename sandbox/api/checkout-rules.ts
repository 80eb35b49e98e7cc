import { ApiError } from '@/sandbox/http/api-error'
import { missing, type Read } from '@/sandbox/http/rule'
import type { CREATE } from './checkout-params'

type Params = Read<typeof CREATE>

const MINUTE = 60
const DAY = 86_400

/** Refuses combinations of parameters that do not go together. `now` is Unix seconds. */
export function checkSession(params: Params, now: number) {
  checkMode(params)
  checkUrls(params)
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw ApiError.invalid(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer',
    )
  }
  if (params.customer_update && params.customer === undefined) {
    throw ApiError.invalid('`customer_update` can only be used with `customer`.', 'customer_update')
  }
  if (params.allow_promotion_codes !== undefined && params.discounts !== undefined) {
    throw ApiError.invalid(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'allow_promotion_codes',
    )
  }
  checkTrial(params.subscription_data, now)
  const { expires_at: expires } = params
  if (expires !== undefined && (expires < now + 30 * MINUTE || expires > now + DAY)) {
    const bound = expires > now + DAY ? 'less than 24 hours' : 'at least 30 minutes'
    throw ApiError.invalid(
      `The \`expires_at\` timestamp must be ${bound} from Checkout Session creation.`,
      'expires_at',
    )
  }
}

function checkMode(params: Params) {
  const { mode, line_items } = params
  if (mode === undefined) throw missing('mode')
  const wrong = NOT_IN[mode].find((param) => params[param] !== undefined)
  if (wrong) throw ApiError.invalid(`You can not pass \`${wrong}\` in \`${mode}\` mode.`, wrong)
  if (mode === 'setup') {
    if (line_items) throw notWith('line_items', 'setup')
    return
  }
  if (!line_items || line_items.length === 0) throw missing('line_items')
}

/** What makes no sense in each mode. */
const NOT_IN = {
  payment: ['payment_method_collection', 'setup_intent_data', 'subscription_data'],
  setup: ['discounts', 'payment_intent_data', 'payment_method_collection', 'subscription_data'],
  subscription: ['customer_creation', 'payment_intent_data', 'setup_intent_data'],
} as const

function checkUrls({
  ui_mode,
  success_url,
  cancel_url,
  return_url,
  redirect_on_completion,
}: Params) {
  if (ui_mode === undefined || ui_mode === 'hosted_page') {
    if (success_url === undefined) throw missing('success_url')
    if (return_url !== undefined) throw notWith('return_url', 'hosted_page')
    return
  }
  if (success_url !== undefined) throw notWith('success_url', ui_mode)
  if (cancel_url !== undefined) throw notWith('cancel_url', ui_mode)
  if (return_url === undefined && redirect_on_completion !== 'never') throw missing('return_url')
}

function checkTrial(data: Params['subscription_data'], now: number) {
  if (data?.trial_period_days !== undefined && data.trial_end !== undefined) {
    throw ApiError.invalid(
      'You may only specify one of these parameters: trial_period_days, trial_end.',
      'subscription_data[trial_end]',
    )
  }
  if (data?.trial_end !== undefined && data.trial_end < now + 2 * DAY) {
    throw ApiError.invalid(
      'The `trial_end` date has to be at least 2 days in the future.',
      'subscription_data[trial_end]',
    )
  }
}

function notWith(param: string, mode: string): ApiError {
  return ApiError.invalid(`You can not pass \`${param}\` with \`ui_mode: ${mode}\`.`, param)
}
