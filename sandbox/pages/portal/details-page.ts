import type { PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { countries } from '@/sandbox/pages/countries'
import { formError, inputField, selectField } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { currentDetails, type Details, type DetailsErrors } from './details-form'
import { portalPage } from './frame'
import { portalPaths } from './paths'

/** The form for name, email, phone and address: only what this portal lets a customer change. */
export function detailsPage(
  view: PortalView,
  token: string,
  {
    back,
    input = currentDetails(view),
    errors = {},
    problem = null,
  }: { back: string; input?: Details; errors?: DetailsErrors; problem?: string | null },
): string {
  const { allowed } = view.features.customerUpdate
  return portalPage(
    view,
    'Billing information',
    html`<header><h1>Billing information</h1><p class="quiet">This is what your next invoices show.</p></header>
<form method="post" action="${portalPaths(token).details}" novalidate class="stack narrow">
${formError(problem)}
<div class="fields">
${allowed.includes('name') && inputField({ id: 'name', name: 'name', label: 'Name', value: input.name, error: errors.name, autocomplete: 'name', maxlength: 200 })}
${allowed.includes('email') && inputField({ id: 'email', name: 'email', label: 'Email', type: 'email', value: input.email, error: errors.email, autocomplete: 'email', inputmode: 'email', required: true, maxlength: 254 })}
${allowed.includes('phone') && inputField({ id: 'phone', name: 'phone', label: 'Phone', type: 'tel', value: input.phone, error: errors.phone, autocomplete: 'tel', inputmode: 'tel', maxlength: 20 })}
${allowed.includes('address') && addressFields(input)}
</div>
<div class="actions"><button class="button primary" type="submit">Save</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}

function addressFields(input: Details): Html {
  const text = (name: keyof Details, label: string, autocomplete: string) =>
    inputField({ id: name, name, label, value: input[name], autocomplete, maxlength: 200 })
  return html`<fieldset class="fields"><legend>Address</legend>
${selectField({ id: 'country', name: 'country', label: 'Country or region', value: input.country, autocomplete: 'country' }, [{ code: '', name: 'Not given' }, ...countries()])}
${text('line1', 'Address line 1', 'address-line1')}
${text('line2', 'Address line 2', 'address-line2')}
<div class="pair">${text('city', 'City', 'address-level2')}${text('postal_code', 'ZIP or postal code', 'postal-code')}</div>
${text('state', 'State or region', 'address-level1')}</fieldset>`
}
