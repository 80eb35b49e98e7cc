import type { Money } from '@/lib/money'
import { amountsIn } from './amounts'
import type { Announced } from './announced'
import type { Email } from './arrive'
import type { Customer } from './sign-up'

/** What an email says about money: what it announces, and what of the rest is not so. */
export type Read = { announced: Announced[]; wrongs: string[] }

type Reading = (email: Email, customer: Customer, before: Invoices) => Promise<Read>

/** The ids of the invoices that were there before the last change. */
export type Invoices = ReadonlySet<string>

/**
 * Reads an email as its reader does, and holds what it says was paid or is owed against Stripe's invoice.
 * `before`: what was invoiced before the last change.
 */
export async function readEmail(email: Email, customer: Customer, before: Invoices): Promise<Read> {
  const found = READINGS.find(([subject]) => subject.test(email.subject))
  if (!found) return { announced: [], wrongs: [`It is not known how to read “${email.subject}”.`] }
  return found[1](email, customer, before)
}

// The subject and the first sentence name the one amount, unless nothing was asked for.
const ofAnInvoice =
  (field: 'amount_paid' | 'amount_remaining'): Reading =>
  async ({ subject, text, about }, { stripe }) => {
    const { [field]: amount, currency } = await stripe.invoices.retrieve(about)
    const said = amountsIn(withoutDebts(`${subject}\n${text}`))
    const isSo =
      said.every((each) => same(each, { amount, currency })) &&
      said.length === (amount === 0 ? 0 : 2)
    return { announced: [], wrongs: isSo ? [] : [`“${subject}” is of ${field} ${amount}`] }
  }

// What is carried to the next invoice, and what is owed with others, have sentences of their own.
function withoutDebts(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/ is too little to be charged | is owed\. /.test(line))
    .join('\n')
}

// What was charged for a change, and what comes next.
const ofAChange: Reading = async (email, { stripe, subscriptionId, shop }, before) => {
  const { data } = await stripe.invoices.list({ subscription: subscriptionId, limit: 10 })
  const paid = data
    .filter((each) => each.billing_reason === 'subscription_update' && !before.has(each.id ?? ''))
    .reduce((sum, { amount_paid }) => sum + amount_paid, 0)
  const [now = '', next = ''] = email.text.split('\n\n')
  const [said] = amountsIn(now)
  const { currency } = shop
  const isSo = paid === 0 ? !said : said && same(said, { amount: paid, currency })
  const wrongs = isSo ? [] : [`“${now}” is of ${paid} that was charged`]
  return { announced: comingIn(email, next), wrongs }
}

const ofWhatComes: Reading = async (email) => ({
  announced: comingIn(email, email.text.split('\n\n')[0] ?? ''),
  wrongs: [],
})

const READINGS: readonly (readonly [subject: RegExp, reading: Reading])[] = [
  [/^Welcome to /, ofAnInvoice('amount_paid')],
  [/ is paid, and your plan goes on$/, ofAnInvoice('amount_paid')],
  [/^We could not charge /, ofAnInvoice('amount_remaining')],
  [/^Your plan is now /, ofAChange],
  [/^Your plan changes to /, ofWhatComes],
  [/^Your trial of /, ofWhatComes],
  [/ renews for a year on /, ofWhatComes],
]

// `$19.00 … on December 7, 2026`, in whichever order, or that nothing is charged on that day.
function comingIn({ subject }: Email, sentence: string): Announced[] {
  const day = /[A-Z][a-z]+ \d{1,2}, \d{4}/.exec(sentence)?.[0]
  return [{ where: `the email “${subject}”`, money: amountsIn(sentence)[0] ?? 'nothing', day }]
}

function same(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency
}
