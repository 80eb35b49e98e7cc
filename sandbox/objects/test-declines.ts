/** Why a bank says no, in Stripe's words. */
export interface Decline {
  code: string
  declineCode: string
  message: string
  /** Refused by a rule of the account's, before any bank is asked. */
  blocked?: true
}

const DECLINED = 'Your card was declined.'

export const GENERIC = declined('generic_decline')
export const FUNDS = declined('insufficient_funds', 'Your card has insufficient funds.')
export const LOST = declined('lost_card')
export const STOLEN = declined('stolen_card')
export const VELOCITY = declined(
  'card_velocity_exceeded',
  'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
)
export const BLOCKED: Decline = { ...declined('fraudulent'), blocked: true }
/** Not the bank's refusals: the account's rules, which block what fails a check and is risky besides. */
export const CVC_BLOCKED = blocked('incorrect_cvc', "Your card's security code is incorrect.")
export const ZIP_BLOCKED = blocked('incorrect_zip', "Your card's postal code is incorrect.")
export const EXPIRED = named('expired_card', 'Your card has expired.')
export const CVC = named('incorrect_cvc', "Your card's security code is incorrect.")
export const PROCESSING = named(
  'processing_error',
  'An error occurred while processing your card. Try again in a little bit.',
)
/** The bank wants to ask the cardholder, who is not there or did not agree. */
export const AUTHENTICATION = named(
  'authentication_required',
  'Your card was declined. This transaction requires authentication.',
)

function declined(declineCode: string, message = DECLINED): Decline {
  return { code: 'card_declined', declineCode, message }
}

function blocked(code: string, message: string): Decline {
  return { ...named(code, message), blocked: true }
}

/** A refusal that has a code of its own. */
function named(code: string, message: string): Decline {
  return { code, declineCode: code, message }
}
