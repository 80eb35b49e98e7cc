import type { Person } from '@/tests/money/person'
import { attachMethod } from './change-method'

/** Pays an invoice by hand: with what is on file, with something else, or past Stripe. */
export function payInvoice(person: Person) {
  const { act, decided, random } = person
  const id = anInvoice(person, ['open', 'uncollectible'])
  if (random.chance(0.1)) {
    if (id && act('POST', `/v1/invoices/${id}/pay`, { paid_out_of_band: 'true' }))
      decided.offStripe.add(id)
    return
  }
  const method = random.chance(0.7) ? attachMethod(person) : null
  if (id) act('POST', `/v1/invoices/${id}/pay`, method ? { payment_method: method } : {})
}

/** An operator takes an invoice back. */
export function voidInvoice(person: Person) {
  const id = anInvoice(person, ['open', 'uncollectible'])
  if (id) person.act('POST', `/v1/invoices/${id}/void`)
}

/** An operator gives an invoice up. */
export function writeOff(person: Person) {
  const id = anInvoice(person, ['open'])
  if (id) person.act('POST', `/v1/invoices/${id}/mark_uncollectible`)
}

/** An operator asks for a draft before its hour, or for one that was kept back. */
export function finalizeDraft(person: Person) {
  const { act, random } = person
  const id = anInvoice(person, ['draft'])
  if (id) act('POST', `/v1/invoices/${id}/finalize`, { auto_advance: `${random.chance(0.7)}` })
}

/** An operator gives the customer credit, or takes all of it back. */
export function adjustBalance({ act, customer, decided, random }: Person) {
  decided.credit = true
  act('POST', `/v1/customers/${customer}`, {
    balance: random.pick(['0', '-500', '-1900', '-20000']),
  })
}

function anInvoice({ invoices, random }: Person, statuses: readonly string[]): string | null {
  const open = invoices().filter(({ status }) => statuses.includes(status ?? ''))
  return open[random.between(0, open.length - 1)]?.id ?? null
}
