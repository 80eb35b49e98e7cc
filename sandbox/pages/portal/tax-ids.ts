import type { PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { formError, inputField, selectField } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { openButton } from '@/sandbox/pages/links'
import { TAX_ID_KINDS } from '@/sandbox/pages/tax-id-kinds'
import { portalPage } from './frame'
import { portalPaths } from './paths'

/** The numbers by which a business is taxed, with the way to change them where that is allowed. */
export function taxIds({ customer, features }: PortalView, token: string): Html | null {
  const { enabled, allowed } = features.customerUpdate
  const offered = enabled && allowed.includes('tax_id')
  if (!offered && customer.taxIds.length === 0) return null
  const path = portalPaths(token).taxIds
  return html`<section aria-labelledby="tax-ids"><h2 id="tax-ids">Tax IDs</h2>
${customer.taxIds.length === 0 && html`<p class="quiet">No tax ID is on your invoices.</p>`}
${customer.taxIds.map(
  ({
    id,
    type,
    value,
  }) => html`<div class="row"><p>${value} <span class="quiet">${nameOf(type)}</span></p>
${
  offered &&
  html`<form method="post" action="${path}" class="actions"><input type="hidden" name="remove" value="${id}"><button class="button compact" type="submit">Remove ${value}</button></form>`
}</div>`,
)}
${offered && html`<div class="actions">${openButton(path, 'Add tax ID')}</div>`}</section>`
}

/** The form for another tax id. */
export function taxIdPage(
  view: PortalView,
  token: string,
  { back, type = 'eu_vat', value = '', problem = null }: TaxIdForm,
): string {
  return portalPage(
    view,
    'Add tax ID',
    html`<header><h1>Add tax ID</h1><p class="quiet">It is shown on your invoices from now on.</p></header>
<form method="post" action="${portalPaths(token).taxIds}" novalidate class="stack narrow">
${formError(problem)}
<div class="fields">${selectField({ id: 'tax-id-type', name: 'type', label: 'Kind', value: type }, TAX_ID_KINDS)}
${inputField({ id: 'tax-id', name: 'value', label: 'Tax ID', value, maxlength: 40, required: true })}</div>
<div class="actions"><button class="button primary" type="submit">Save</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}

interface TaxIdForm {
  back: string
  type?: string
  value?: string
  problem?: string | null
}

function nameOf(type: string): string {
  return TAX_ID_KINDS.find(({ code }) => code === type)?.name ?? type
}
