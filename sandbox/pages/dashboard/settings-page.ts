import type { AfterRetries, Dunning } from '@/sandbox/lifecycle/dunning/policy'
import { formError, inputField } from '@/sandbox/pages/fields'
import { attributes, type Child, type Html, html } from '@/sandbox/pages/html'
import { dashboardPage } from './frame'

// As the choices of Stripe's own dashboard, with what each does here.
const AFTER: Record<AfterRetries, { name: string; effect: string }> = {
  cancel: { name: 'Cancel the subscription', effect: 'It ends, with the reason payment_failed.' },
  mark_unpaid: {
    name: 'Mark it as unpaid',
    effect: 'Renewals go on as drafts that are not charged.',
  },
  leave: { name: 'Leave it past due', effect: 'Renewals go on, and are charged as ever.' },
  pause: { name: 'Pause it', effect: 'No more invoices until it is resumed.' },
}

interface Shown {
  now: number
  dunning: Dunning
  done?: Child
  problem?: string | null
}

/** What becomes of a renewal that is not paid, as one form. */
export function settingsPage({ now, dunning, done, problem = null }: Shown): string {
  const { retry_days, after_retries, pause_on_first_failure } = dunning
  const first = attributes({
    type: 'checkbox',
    name: 'pause_on_first_failure',
    value: 'true',
    checked: pause_on_first_failure,
  })
  return dashboardPage({
    title: 'Settings',
    here: 'Settings',
    now,
    done,
    body: html`<header><h1>Settings</h1>
<p class="quiet">What the owner of a Stripe account decides about payments that fail.</p></header>
${formError(problem)}
<form class="switches" method="post" action="/dashboard/settings"><fieldset><legend>Retries</legend>
${inputField({ id: 'retry_days', name: 'retry_days', label: 'Days from each refused attempt to the next, for example 3, 5, 7', value: retry_days.join(', '), maxlength: 60 })}
<label class="choice"><input${first}><strong>Pause at the first refusal</strong><span class="choice-more">Nothing is tried again until the subscription is resumed.</span></label></fieldset>
<fieldset><legend>When the last retry has failed</legend>${Object.entries(AFTER).map(
      ([value, words]) => choice(value, words, value === after_retries),
    )}</fieldset>
<div class="actions"><button class="button primary" type="submit">Save</button></div></form>`,
  })
}

function choice(
  value: string,
  { name, effect }: { name: string; effect: string },
  on: boolean,
): Html {
  const box = attributes({ type: 'radio', name: 'after_retries', value, checked: on })
  return html`<label class="choice"><input${box}><strong>${name}</strong><span class="choice-more">${effect}</span></label>`
}
