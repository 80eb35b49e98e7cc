import type { Person } from '@/tests/money/person'
import { livingOf } from './living'

// Cards that pay, that are refused, that ask their owner, and whose owner disputes; bank accounts
// whose debit goes through, comes back after four days, or is never answered.
const METHODS = [
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_chargeCustomerFail',
  'pm_card_authenticationRequired',
  'pm_card_createDispute',
  'pm_card_refundFail',
  'pm_usBankAccount_success',
  'pm_usBankAccount_insufficientFunds',
  'pm_usBankAccount_insufficientFunds',
  'pm_usBankAccount_processing',
] as const

/** Saves a card or a bank account, and has it charged from now on. Null: it is refused. */
export function attachMethod({ act, customer, random }: Person): string | null {
  const made = act('POST', `/v1/payment_methods/${random.pick(METHODS)}/attach`, { customer })
  if (!made) return null
  act('POST', `/v1/customers/${customer}`, {
    'invoice_settings[default_payment_method]': made.id,
  })
  return made.id
}

/** Changes what a subscription is charged to. */
export function changeMethod(person: Person) {
  const subscription = livingOf(person)
  const id = attachMethod(person)
  if (!subscription || !id) return
  person.act('POST', `/v1/subscriptions/${subscription.id}`, {
    default_payment_method: person.random.chance(0.8) ? id : '',
  })
}
