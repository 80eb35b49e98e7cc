import type { CheckoutView } from '@/sandbox/lifecycle/checkout/checkout-view'
import { cardFields, EMPTY_CARD, testCards } from '@/sandbox/pages/card/fields'
import type { CardErrors, CardInput } from '@/sandbox/pages/card/validate'
import { documentHtml } from '@/sandbox/pages/document/document'
import { formError, inputField, selectField } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { money } from '@/sandbox/pages/money'
import { TAX_ID_KINDS } from '@/sandbox/pages/tax-id-kinds'
import { promotionForm } from './promotion'
import { heading, summary } from './summary'

/** What came of the last attempt: what was typed, what is wrong with it, what the bank said. */
export type Attempt = {
  input: CardInput & { email: string; taxId?: { type: string; value: string } }
  errors: CardErrors & { email?: string; taxId?: string }
  decline: string | null
}

/** The page of an open session; after a failed attempt, with its words beside its fields. */
export function checkoutPage(
  view: CheckoutView,
  attempt: Attempt = firstVisit(view),
  refusedCode: { typed: string; message: string } | null = null,
): string {
  const failed =
    attempt.decline !== null || refusedCode !== null || Object.keys(attempt.errors).length > 0
  return documentHtml({
    title: `${failed ? 'Problem: ' : ''}${heading(view)} · ${view.businessName}`,
    now: view.now,
    body: html`<main class="checkout">
<section class="buying" aria-label="Order summary">${summary(view, promotionForm(view, refusedCode))}</section>
<section class="paying" aria-labelledby="paying"><div>${payForm(view, attempt)}</div></section>
</main>`,
  })
}

function payForm(view: CheckoutView, { input, errors, decline }: Attempt): Html {
  return html`<form method="post" action="/c/pay/${view.id}" novalidate class="stack">
<h2 id="paying">${view.collectsCard ? 'Pay by card' : 'Confirm'}</h2>
${view.collectsCard && testCards(view.now)}
<div class="fields">
${emailField(view, input.email, errors.email)}
${decline && formError(`${decline} You were not charged.`)}
${
  view.collectsCard
    ? cardFields(input, errors, decline !== null && !errors.email)
    : html`<p class="quiet">No card is needed today.</p>`
}${view.asksTaxId && taxIdFields(input.taxId, errors.taxId)}</div>
<button class="button primary wide" type="submit">${submitLabel(view)}</button>
<p class="after">${consent(view)}</p>
</form>`
}

/** For a business: by which number it is taxed. It may stay empty. */
function taxIdFields(typed: { type: string; value: string } | undefined, error?: string): Html {
  return html`<div class="pair">${selectField(
    {
      id: 'tax-id-type',
      name: 'tax_id_type',
      label: 'Kind of tax ID',
      value: typed?.type ?? 'eu_vat',
    },
    TAX_ID_KINDS,
  )}
${inputField({ id: 'tax-id', name: 'tax_id', label: 'Tax ID (for a business)', value: typed?.value ?? '', error, maxlength: 40 })}</div>`
}

function emailField(view: CheckoutView, value: string, error: string | undefined): Html {
  return inputField({
    id: 'email',
    name: 'email',
    label: 'Email',
    type: 'email',
    value,
    error,
    autocomplete: 'email',
    inputmode: 'email',
    required: view.emailEditable,
    focus: error !== undefined,
    readonly: !view.emailEditable,
  })
}

function submitLabel({ mode, trial, dueToday, currency, addsTaxes }: CheckoutView): string {
  if (mode === 'setup') return 'Save card'
  if (mode === 'payment')
    return `Pay ${money({ amount: dueToday, currency })}${addsTaxes ? ' and taxes' : ''}`
  return trial ? 'Start trial' : 'Subscribe'
}

function consent({ mode, businessName, dueToday, currency, addsTaxes }: CheckoutView): string {
  if (mode === 'setup')
    return `${businessName} may charge this card later. Nothing is charged today.`
  const today =
    dueToday > 0
      ? `You pay ${money({ amount: dueToday, currency })}${addsTaxes ? ' and taxes' : ''} today.`
      : 'You pay nothing today.'
  if (mode === 'payment') return today
  return `${today} ${businessName} may charge this card for each later period until you cancel.`
}

function firstVisit(view: CheckoutView): Attempt {
  return { input: { ...EMPTY_CARD, email: view.email ?? '' }, errors: {}, decline: null }
}
