import type Stripe from 'stripe'
import { firstFor } from '@/sandbox/lifecycle/jump/jump'
import { JUMPS, type Jump, jumpTarget } from '@/sandbox/lifecycle/jump/target'
import { attributes, type Html, html } from '@/sandbox/pages/html'
import type { Sandbox } from '@/sandbox/sandbox'
import { instantHtml } from './instant'

const LABELS: Record<Jump, string> = {
  trial_end: 'Trial ends',
  decline: 'Card declines',
  renewal: 'Renewal',
  three_d_secure: '3-D Secure',
  dispute: 'Dispute',
  day: '+1 day',
  month: '+1 month',
}

/** The clock, with the jumps of one subscription, or of whichever comes first when it is null. */
export function clockPanel(
  sandbox: Sandbox,
  now: number,
  subscription: Readonly<Stripe.Subscription> | null,
): Html {
  const possible = (jump: Jump) =>
    jumpTarget(sandbox.store, jump, now, subscription ?? firstFor(sandbox, jump)) !== null
  const button = (jump: Jump) =>
    html`<button${attributes({ class: 'button compact', type: 'submit', name: 'jump', value: jump, disabled: !possible(jump) })}>${LABELS[jump]}</button>`
  const heading = subscription?.test_clock ? 'Its test clock' : 'Clock'
  return html`<section class="clock" aria-labelledby="clock"><h2 id="clock">${heading}</h2>
<p>It is ${instantHtml(now)}. A jump makes everything happen that is due on the way, in order. Where the saved card would not decline, ask or be disputed, the jump sees to it.</p>
<form method="post" action="/dashboard/clock">${subscription && html`<input type="hidden" name="subscription" value="${subscription.id}">`}
<div class="quick" role="group" aria-label="Jump to">${JUMPS.map(button)}</div></form></section>`
}
