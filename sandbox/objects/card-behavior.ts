import type { Grounds } from './dispute'
import type { Decline } from './test-declines'

type Check = 'fail' | 'unavailable'

/** What a payment method does, whichever customer has it. */
export interface CardBehavior {
  brand: 'visa' | 'mastercard' | 'amex' | 'discover' | 'diners' | 'jcb' | 'unionpay'
  /** Refused when it is saved. */
  onAttach: Decline | null
  /** Refused when it is charged; after the bank has asked, if it does. */
  onCharge: Decline | null
  /** When the bank asks the cardholder: never, only while they are there, or at every payment. */
  asks: 'never' | 'once' | 'always'
  /** The cardholder disputes every charge, or only inquires about it. */
  disputes?: Grounds
  /** And then once more. */
  disputesAgain?: true
  /** Its issuer warns of fraud after every charge. */
  warns?: true
  /** What its issuer says to the security code and the address; they pass elsewhere. */
  checks?: { code?: Check; zip?: Check; line1?: Check }
  /** What becomes of money that is given back: it takes days, or it comes back. */
  refunds?: 'pending' | 'fails'
  /** A bank account, whose bank answers days later, or never. */
  settles?: 'succeeds' | 'fails' | 'never'
  /** Why a debit comes back. */
  returned?: Decline
  risk?: 'elevated' | 'highest'
}
