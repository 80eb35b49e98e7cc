import type { PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { countries } from '@/sandbox/pages/countries'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import { openButton } from '@/sandbox/pages/links'
import { portalPaths } from './paths'

/** The name and address that are billed, with the way to change what the portal lets them change. */
export function billingInformation({ customer, features }: PortalView, token: string): Html {
  const { enabled, allowed } = features.customerUpdate
  return html`<section aria-labelledby="billing-information"><h2 id="billing-information">Billing information</h2>
<div class="row"><dl class="facts pairs">
${fact('Name', customer.name)}${fact('Email', customer.email)}${fact('Phone', customer.phone)}
${fact('Address', address(customer.address))}</dl>
<div class="actions">${
    enabled &&
    allowed.length > 0 &&
    openButton(portalPaths(token).details, 'Edit billing information')
  }</div></div></section>`
}

function fact(label: string, value: Child): Html {
  return html`<div><dt>${label}</dt><dd>${value ?? html`<span class="quiet">Not given</span>`}</dd></div>`
}

function address(at: PortalView['customer']['address']): string | null {
  if (!at) return null
  const country = countries().find(({ code }) => code === at.country)?.name ?? at.country
  const lines = [at.line1, at.line2, at.city, at.state, at.postal_code, country]
  return lines.filter(Boolean).join(', ') || null
}
