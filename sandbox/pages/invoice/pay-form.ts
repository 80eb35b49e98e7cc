import type { InvoiceView } from '@/sandbox/lifecycle/invoice-view'
import { cardFields, EMPTY_CARD, testCards } from '@/sandbox/pages/card/fields'
import { cardName } from '@/sandbox/pages/card/name'
import type { CardErrors, CardInput } from '@/sandbox/pages/card/validate'
import { formError } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { money } from '@/sandbox/pages/money'

/** What came of the last attempt to pay: what was typed, what is wrong with it, what the bank said. */
export type PayAttempt = { input: CardInput; errors: CardErrors; decline: string | null }

/** The ways to pay an invoice that is still open: the card that is saved, or another. */
export function payForm(
  { invoice, saved }: InvoiceView,
  now: number,
  { input, errors, decline }: PayAttempt = { input: EMPTY_CARD, errors: {}, decline: null },
): Html {
  const action = `/i/${invoice.id}/pay`
  const pay = `Pay ${money({ amount: invoice.amount_remaining, currency: invoice.currency })}`
  return html`<section aria-labelledby="pay"><h2 id="pay">Pay this invoice</h2>
${decline && formError(`${decline} You were not charged.`)}
${
  saved &&
  html`<form method="post" action="${action}" class="stack narrow"><input type="hidden" name="with" value="saved">
<button class="button primary wide" type="submit">${pay} with ${cardName(saved)}</button></form>`
}
<form method="post" action="${action}" novalidate class="stack narrow"><input type="hidden" name="with" value="card">
${testCards(now)}
${cardFields(input, errors, decline !== null)}
<button class="button ${saved ? '' : 'primary'} wide" type="submit">${saved ? `${pay} with this card` : pay}</button></form></section>`
}
