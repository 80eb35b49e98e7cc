import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read } from '@/sandbox/http/rule'
import { clearable, hash, ignored, integer, oneOf, text } from '@/sandbox/http/rules'
import { checkCard } from '@/sandbox/lifecycle/card-check'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { newMethod } from '@/sandbox/objects/payment-method'
import { bankAccount } from '@/sandbox/objects/test-accounts'
import { behaviorOf } from '@/sandbox/objects/test-cards'
import { testNumber } from '@/sandbox/objects/test-methods'
import type { Tx } from '@/sandbox/store/transaction'
import { address, addressOf } from './address'
import { cardRefused } from './card-refused'

export const BILLING_DETAILS = hash({
  address: clearable(hash(address)),
  email: clearable(text(800)),
  name: clearable(text()),
  phone: clearable(text()),
  tax_id: text(),
})

const CREATE = {
  type: oneOf('card', 'us_bank_account'),
  card: hash({
    number: text(),
    exp_month: integer(),
    exp_year: integer(),
    cvc: text(),
    token: text(),
    networks: ignored(),
  }),
  us_bank_account: hash({
    account_number: text(),
    routing_number: text(),
    account_holder_type: ignored(),
    account_type: ignored(),
  }),
  billing_details: BILLING_DETAILS,
  metadata: metadata(),
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
}

/** A payment method that belongs to no customer yet, from a number or from a token such as `tok_visa`. */
export const createPaymentMethod = endpoint(
  'POST',
  '/v1/payment_methods',
  CREATE,
  ({ tx, params }) => {
    if (params.type === undefined) throw missing('type')
    const form = params.type === 'card' ? cardForm(tx, params) : accountForm(params)
    const method = newMethod(tx.now, { ...form, name: params.billing_details?.name ?? '' })
    method.metadata = withMetadata({}, params.metadata)
    method.allow_redisplay = params.allow_redisplay ?? 'unspecified'
    noteCardholder(method, params.billing_details)
    return tx.get('payment_method', saveCard(tx, null, method, behaviorOf(form.number)))
  },
)

/** Writes whom a payment method belongs to, as far as that is given. */
export function noteCardholder(
  method: Stripe.PaymentMethod,
  given: Read<{ of: typeof BILLING_DETAILS }>['of'],
) {
  const { address: place, ...plain } = given ?? {}
  const known = Object.entries(plain).filter(([, value]) => value !== undefined)
  Object.assign(method.billing_details, Object.fromEntries(known))
  if (place !== undefined) method.billing_details.address = place && addressOf(place)
}

type Params = Read<typeof CREATE>

function cardForm(tx: Tx, { card }: Params) {
  const { token, number: typed, exp_month, exp_year, cvc = '123' } = card ?? {}
  const year = new Date(tx.now * 1000).getUTCFullYear() + 1
  if (token !== undefined) {
    const number = testNumber(token.replace(/^tok_/, 'pm_card_'))
    if (number === null)
      throw ApiError.invalid(`No such token: '${token}'`, 'card[token]', 'resource_missing')
    return { number, expMonth: 12, expYear: year, cvc }
  }
  if (typed === undefined) throw missing('card[number]')
  if (exp_month === undefined) throw missing('card[exp_month]')
  if (exp_year === undefined) throw missing('card[exp_year]')
  const form = { number: typed.replaceAll(/\D/g, ''), expMonth: exp_month, expYear: exp_year, cvc }
  const wrong = checkCard({ ...form, name: '' }, tx.now)
  if (wrong) throw cardRefused(wrong)
  return form
}

function accountForm({ us_bank_account: account }: Params) {
  const number = account?.account_number
  if (number === undefined) throw missing('us_bank_account[account_number]')
  if (!bankAccount(number))
    throw ApiError.invalid(
      'Use one of the account numbers of the testing guide, such as 000123456789.',
      'us_bank_account[account_number]',
    )
  return { number, expMonth: 12, expYear: 2099, cvc: '' }
}
