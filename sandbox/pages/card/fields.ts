import { countries } from '@/sandbox/pages/countries'
import { inputField, selectField } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { TEST_CARDS } from './test-cards'
import type { CardErrors, CardInput } from './validate'

/** A card form as first seen. */
export const EMPTY_CARD: CardInput = {
  number: '',
  expiry: '',
  cvc: '',
  name: '',
  country: 'US',
  postalCode: '',
}

/**
 * The fields of a card. What was typed stays, except the security code, which is never written to a
 * page. The cursor goes to the first wrong one, or to the number of a declined card.
 */
export function cardFields(input: CardInput, errors: CardErrors, declined = false): Html {
  const first = declined ? 'number' : ORDER.find((field) => errors[field])
  return html`<div class="fields">
${inputField({
  id: 'card-number',
  name: 'number',
  label: 'Card number',
  value: input.number,
  error: errors.number,
  focus: first === 'number',
  autocomplete: 'cc-number',
  inputmode: 'numeric',
  placeholder: '1234 1234 1234 1234',
  // 19 digits, with a space after every fourth.
  maxlength: 23,
  required: true,
})}
<div class="pair">${inputField({
    id: 'card-expiry',
    name: 'expiry',
    label: 'Expiration',
    value: input.expiry,
    error: errors.expiry,
    focus: first === 'expiry',
    autocomplete: 'cc-exp',
    inputmode: 'numeric',
    placeholder: 'MM / YY',
    maxlength: 9,
    required: true,
  })}
${inputField({
  id: 'card-cvc',
  name: 'cvc',
  label: 'CVC',
  value: '',
  error: errors.cvc,
  focus: first === 'cvc',
  autocomplete: 'cc-csc',
  inputmode: 'numeric',
  placeholder: '123',
  maxlength: 4,
  required: true,
})}</div>
${inputField({
  id: 'card-name',
  name: 'name',
  label: 'Cardholder name',
  value: input.name,
  error: errors.name,
  focus: first === 'name',
  autocomplete: 'cc-name',
  placeholder: 'Full name on card',
  maxlength: 200,
  required: true,
})}
<div class="pair">${selectField(
    {
      id: 'card-country',
      name: 'country',
      label: 'Country or region',
      value: input.country,
      error: errors.country,
      autocomplete: 'billing country',
    },
    countries(),
  )}
${inputField({
  id: 'card-postal',
  name: 'postal_code',
  label: 'ZIP or postal code',
  value: input.postalCode,
  error: errors.postalCode,
  focus: first === 'postalCode',
  autocomplete: 'billing postal-code',
  placeholder: '94107',
  maxlength: 20,
})}</div>
</div>`
}

// As they stand on the page, so that the first wrong one is the first a person meets.
const ORDER = ['number', 'expiry', 'cvc', 'name', 'postalCode'] as const

/** The test cards: buttons that fill the form in (with JavaScript) and the numbers to type (without). */
export function testCards(now: number): Html {
  return html`<aside class="tests" aria-label="Test cards">
<p>Fill in a test card. No bank is asked.</p>
<div class="quick" role="group" aria-label="Fill in a test card" hidden>${TEST_CARDS.map(
    ({ fill, number }) =>
      html`<button type="button" class="button compact" data-card="${number}" data-expiry="${goodExpiry(now)}">${fill}</button>`,
  )}</div>
<p id="quick-fill-status" class="visually-hidden" role="status"></p>
<details><summary>All test card numbers</summary>
<table><thead><tr><th scope="col">Number</th><th scope="col">What happens</th></tr></thead>
<tbody>${TEST_CARDS.map(
    ({ number, effect }) =>
      html`<tr><th scope="row" class="money">${number}</th><td>${effect}</td></tr>`,
  )}</tbody></table>
<p class="small quiet">Any future expiration date and any 3 digits as the security code.</p>
</details></aside>`
}

/** December three years from the sandbox's today, which may be far from the reader's. */
function goodExpiry(now: number): string {
  return `12 / ${String((new Date(now * 1000).getUTCFullYear() + 3) % 100).padStart(2, '0')}`
}
