import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { dateHtml } from '@/sandbox/pages/dates'
import { formError } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { portalPage } from './frame'
import { portalPaths } from './paths'
import { nextStep } from './plan-words'

/** The page that asks before a subscription is canceled, and says what that does. */
export function cancelPage(
  view: PortalView,
  token: string,
  subscription: PortalSubscription,
  { back, problem = null }: { back: string; problem?: string | null },
): string {
  const { id, plan } = subscription
  const { mode, reasons } = view.features.cancel
  return portalPage(
    view,
    'Cancel subscription',
    html`<header><h1>Cancel your ${plan.productName} subscription</h1>
<p class="quiet">${nextStep(subscription)}</p></header>
${formError(problem)}
<p class="message warn">${consequence(mode, subscription)}</p>
<form method="post" action="${portalPaths(token).cancel(id)}" class="stack narrow">
${reasons.length > 0 && reasonFields(reasons)}
<div class="actions"><button class="button grave" type="submit">Cancel subscription</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}

function consequence(
  mode: PortalView['features']['cancel']['mode'],
  { plan, status, trialEnd, currentPeriodEnd }: PortalSubscription,
): Html {
  if (mode === 'immediately' || status === 'paused')
    return html`${plan.productName} ends at once. You will not be charged again.`
  const end = dateHtml(status === 'trialing' ? (trialEnd ?? currentPeriodEnd) : currentPeriodEnd)
  return html`You keep ${plan.productName} until ${end}. Then it ends and you are not charged again. Until that day you can change your mind here.`
}

function reasonFields(reasons: readonly string[]): Html {
  return html`<fieldset><legend>Why do you cancel? (optional)</legend>
${reasons.map(
  (reason) =>
    html`<label class="choice slim"><input type="radio" name="feedback" value="${reason}"><span>${REASONS[reason] ?? reason}</span></label>`,
)}</fieldset>
<div class="field"><label for="comment">Anything else? (optional)</label>
<textarea id="comment" name="comment" rows="2" maxlength="500"></textarea></div>`
}

// The words of the portal for Stripe's cancellation reasons.
const REASONS: Record<string, string> = {
  too_expensive: 'It is too expensive',
  missing_features: 'Some features that I need are missing',
  switched_service: 'I found an alternative',
  unused: 'I do not use it enough',
  customer_service: 'Customer service was less than expected',
  too_complex: 'It is too hard to use',
  low_quality: 'Quality was less than expected',
  other: 'Another reason',
}
