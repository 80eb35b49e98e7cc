import { countries } from '@/sandbox/pages/countries'
import { STYLE } from '@/sandbox/pages/document/style'
import { inputField, selectField } from '@/sandbox/pages/fields'
import { attributes, type Html, html } from '@/sandbox/pages/html'
import { FORM_SCRIPT, LOAD_ERROR_SCRIPT } from './scripts'

export const METHODS = ['card', 'us_bank_account'] as const
export type Method = (typeof METHODS)[number]

/** The form of a Payment Element, for the methods given. `now` is the sandbox's clock in seconds. */
export function paymentFormPage(methods: readonly Method[], now: number): string {
  const [first = 'card'] = methods
  const month = new Date(now * 1000).toISOString().slice(0, 7)
  return elementDocument(
    html`<body class="element"><form novalidate autocomplete="on"${attributes({ 'data-month': month })} class="fields">
${methods.length > 1 ? choice(methods) : html`<input type="hidden" name="type" value="${first}">`}
${methods.map((method) => html`<div${attributes({ class: 'fields', 'data-for': method, hidden: method !== first })}>${FIELDS[method]()}</div>`)}
</form>`,
    FORM_SCRIPT,
  )
}

/** In place of a form that cannot be shown. */
export function loadErrorPage(error: object): string {
  const body = html`<body${attributes({ 'data-error': JSON.stringify(error) })}>`
  return elementDocument(body, LOAD_ERROR_SCRIPT)
}

function elementDocument(body: Html, script: Html): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Payment form</title><style>${STYLE}</style></head>
${body}
<script>${script}</script></body></html>
`.text
}

const NAMES = { card: 'Card', us_bank_account: 'US bank account' }

function choice(methods: readonly Method[]): Html {
  return html`<fieldset><legend class="visually-hidden">Payment method</legend><div class="pair">${methods.map(
    (method, nth) =>
      html`<label class="choice slim"><input${attributes({ type: 'radio', name: 'type', value: method, checked: nth === 0 })}><span>${NAMES[method]}</span></label>`,
  )}</div></fieldset>`
}

const FIELDS: Record<Method, () => Html> = { card: cardForm, us_bank_account: accountForm }

function cardForm(): Html {
  return html`${field('number', 'Card number', { autocomplete: 'cc-number', inputmode: 'numeric', placeholder: '1234 1234 1234 1234', maxlength: 23 })}
<div class="pair">${field('expiry', 'Expiration date', { autocomplete: 'cc-exp', inputmode: 'numeric', placeholder: 'MM / YY', maxlength: 9 })}
${field('cvc', 'Security code', { autocomplete: 'cc-csc', inputmode: 'numeric', placeholder: 'CVC', maxlength: 4 })}</div>
<div class="pair">${selectField({ id: 'country', name: 'country', label: 'Country', value: 'US', autocomplete: 'billing country' }, countries())}
${field('postal_code', 'ZIP code', { autocomplete: 'billing postal-code', placeholder: '12345', maxlength: 10 })}</div>`
}

/** At Stripe a person signs in to their bank; its test accounts have these numbers. */
function accountForm(): Html {
  return html`<div class="pair">${field('name', 'Full name', { autocomplete: 'name' })}
${field('email', 'Email', { autocomplete: 'email', inputmode: 'email' })}</div>
<div class="pair">${field('routing', 'Routing number', { autocomplete: 'off', inputmode: 'numeric', placeholder: '110000000', maxlength: 9 })}
${field('account', 'Account number', { autocomplete: 'off', inputmode: 'numeric', placeholder: '000123456789', maxlength: 17 })}</div>`
}

function field(name: string, label: string, more: Partial<Parameters<typeof inputField>[0]>): Html {
  return inputField({ id: name, name, label, value: '', ...more })
}
