import type { PauseChoice, PausePreview } from '@/sandbox/lifecycle/portal/pause'
import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { dateHtml } from '@/sandbox/pages/dates'
import { formError } from '@/sandbox/pages/fields'
import { attributes, type Html, html } from '@/sandbox/pages/html'
import { moneyHtml } from '@/sandbox/pages/money'
import { portalPage } from './frame'
import { portalPaths } from './paths'
import { nextStep } from './plan-words'

/** The page that says what a pause means, and asks for how long it is to be. */
export function pausePage(
  view: PortalView,
  token: string,
  subscription: PortalSubscription,
  preview: PausePreview,
  { back, problem = null }: { back: string; problem?: string | null },
): string {
  const { id, plan } = subscription
  return portalPage(
    view,
    'Pause subscription',
    html`<header><h1>Pause your ${plan.productName} subscription</h1>
<p class="quiet">${nextStep(subscription)}</p></header>
${formError(problem)}
<p class="message warn">${plan.productName} stops today. ${credit(preview)}You are not charged while it is paused, and can resume it here at any time.</p>
<form method="post" action="${portalPaths(token).pause(id)}" class="stack narrow">
${lengths(preview.choices)}
<div class="actions"><button class="button primary" type="submit">Pause subscription</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}

function credit({ credit: amount, currency }: PausePreview): Html | null {
  if (amount <= 0) return null
  return html`${moneyHtml({ amount, currency })} that you have paid and not used is taken off your first invoice after the pause. `
}

function lengths(choices: readonly PauseChoice[]): Html {
  const [only] = choices
  if (choices.length === 1 && only?.until === null)
    return html`<input type="hidden" name="length" value="0"><p>It stays paused until you resume it.</p>`
  return html`<fieldset><legend>For how long?</legend>${choices.map((choice, nth) => {
    const radio = attributes({
      type: 'radio',
      name: 'length',
      value: String(nth),
      checked: nth === 0,
    })
    return html`<label class="choice slim"><input${radio}><span>${words(choice)}</span></label>`
  })}</fieldset>`
}

function words({ length, until }: PauseChoice): Html {
  if (length === null || until === null) return html`Until you resume it`
  const { interval, intervalCount: count } = length
  return html`${count} ${interval}${count > 1 && 's'}, until ${dateHtml(until)}`
}
