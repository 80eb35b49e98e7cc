import { documentHtml } from '@/sandbox/pages/document/document'
import { html } from '@/sandbox/pages/html'
import { moneyHtml } from '@/sandbox/pages/money'

/** What a bank shows before it lets a payment pass; an amount of 0 means the card is only saved. */
export type ChallengeView = {
  businessName: string
  amount: number
  currency: string
  last4: string
}

/** The page of the cardholder's bank. `action` is where both buttons post, as `outcome`. */
export function challengePage(view: ChallengeView, action: string, now: number): string {
  return documentHtml({
    title: '3D Secure 2 Test Page',
    now,
    body: html`<main class="bank">
<p class="bank-head"><span>Your card's bank</span><span>Identity check</span></p>
<div class="bank-body">
<h1>3D Secure 2 Test Page</h1>
<p class="quiet">Here a real bank would ask for a code or a fingerprint. Choose how this test goes on.</p>
<dl class="facts">
<div><dt>Merchant</dt><dd>${view.businessName}</dd></div>
<div><dt>Amount</dt><dd>${view.amount > 0 ? moneyHtml(view) : 'Nothing now: the card is saved'}</dd></div>
<div><dt>Card</dt><dd>ending in ${view.last4}</dd></div>
</dl>
<form method="post" action="${action}" class="actions">
<button class="button primary" type="submit" name="outcome" value="complete">Complete authentication</button>
<button class="button" type="submit" name="outcome" value="fail">Fail authentication</button>
</form>
</div></main>`,
  })
}
