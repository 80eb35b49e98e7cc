import type { CheckoutView } from '@/sandbox/lifecycle/checkout/checkout-view'
import { inputField } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'

/** The field for a promotion code; once a code is applied, the way to take it off again. */
export function promotionForm(
  { id, acceptsCodes, discount }: CheckoutView,
  refused: { typed: string; message: string } | null,
): Html | null {
  if (!acceptsCodes) return null
  const action = `/c/pay/${id}/promotion`
  if (discount)
    return html`<form method="post" action="${action}" class="stack"><input type="hidden" name="code" value="">
<button class="button" type="submit">Remove ${discount.name}</button></form>`
  return html`<form method="post" action="${action}" novalidate class="stack">
${inputField({
  id: 'promotion-code',
  name: 'code',
  label: 'Promotion code',
  value: refused?.typed ?? '',
  error: refused?.message,
  autocomplete: 'off',
  maxlength: 500,
})}
<button class="button" type="submit">Apply</button></form>`
}
