/** What a person types into a card form. `number` may hold spaces; `expYear` has four digits. */
export interface CardForm {
  number: string
  expMonth: number
  expYear: number
  cvc: string
  name: string
  email?: string | undefined
  country?: string | undefined
  postalCode?: string | undefined
  /** By which number a business is taxed, where that is asked for. */
  taxId?: { type: string; value: string } | undefined
}
