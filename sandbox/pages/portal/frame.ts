import type { PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { documentHtml } from '@/sandbox/pages/document/document'
import { type Child, html } from '@/sandbox/pages/html'
import { wayOut } from '@/sandbox/pages/links'

/** A page inside the portal: whose it is and the way back above, legal links below. */
export function portalPage(view: PortalView, title: string, body: Child): string {
  const { businessName, returnUrl, now } = view
  return documentHtml({
    title: `${title} · ${businessName}`,
    now,
    body: html`<nav class="top" aria-label="Business"><div><strong>${businessName}</strong>
${wayOut(returnUrl, `Return to ${businessName}`)}</div></nav>
<main class="portal">${body}</main>
${legal(view)}`,
  })
}

function legal({ termsOfServiceUrl, privacyPolicyUrl }: PortalView) {
  const links = [wayOut(termsOfServiceUrl, 'Terms'), wayOut(privacyPolicyUrl, 'Privacy')]
  if (links.every((link) => link === null)) return null
  return html`<footer class="legal small">${links}</footer>`
}
