import type { CheckoutLine, CheckoutView } from '@/sandbox/lifecycle/checkout/checkout-view'
import { dateHtml } from '@/sandbox/pages/dates'
import { attributes, type Html, html } from '@/sandbox/pages/html'
import { wayOut } from '@/sandbox/pages/links'
import { moneyHtml, perPeriod } from '@/sandbox/pages/money'

/** What is bought: the name, the price, each line, what is charged today and what comes after. */
export function summary(view: CheckoutView, promotion: Html | null): Html {
  const { businessName, cancelUrl, currency } = view
  return html`<div>
<p class="merchant"><span class="mark" aria-hidden="true">${initial(businessName)}</span>${businessName}
${wayOut(cancelUrl, `Back to ${businessName}`, 'back')}</p>
<h1>${heading(view)}</h1>
${headlinePrice(view)}
<dl class="bill">${view.lines.map((line) => lineRow(line, view))}
${discountRow(view)}
${balanceRows(view)}
<div class="total"><dt>Due today${view.addsTaxes && html`<span class="more">Before taxes, which depend on your country</span>`}</dt><dd>${moneyHtml({ amount: view.dueToday, currency })}</dd></div></dl>
${promotion}
${terms(view)}
<p class="about">This page plays the part of Stripe Checkout. Use test cards only, never a real one.</p>
</div>`
}

/** What the person does here, as a heading and as the page's title. */
export function heading({ mode, trial, lines }: CheckoutView): string {
  const what = lines[0]?.productName ?? 'your order'
  if (mode === 'setup') return 'Save a payment method'
  if (mode === 'payment') return `Pay for ${what}`
  return trial ? `Try ${what}` : `Subscribe to ${what}`
}

function headlinePrice({ recurring, trial, dueToday, currency }: CheckoutView): Html {
  if (trial)
    return html`<p class="price"><span class="money">${trial.days} ${trial.days === 1 ? 'day' : 'days'} free</span></p>`
  const amount = moneyHtml({ amount: recurring?.amount ?? dueToday, currency })
  return html`<p class="price">${amount}${
    recurring && html` <span class="per">${perPeriod(recurrence(recurring))}</span>`
  }</p>`
}

/** Where the buyer chooses how many. */
function quantityForm({ id, adjusts, quantity, productName }: CheckoutLine, session: string) {
  if (!adjusts) return null
  const { minimum, maximum } = adjusts
  const field = { type: 'number', name: 'quantity', id: `quantity-${id}`, value: quantity }
  return html`<form method="post" action="/c/pay/${session}/quantity" class="row">
<input type="hidden" name="line" value="${id}"><label class="visually-hidden" for="quantity-${id}">Quantity of ${productName}</label>
<input${attributes({ ...field, min: minimum, max: maximum, required: true })}>
<button class="button compact" type="submit">Update quantity</button></form>`
}

function lineRow(line: CheckoutLine, { id, currency, trial }: CheckoutView): Html {
  const { productName, productDescription, quantity, unitAmount, amount, interval } = line
  const each = quantity > 1 && html` × ${quantity}`
  const price = line.metered
    ? 'Billed by use'
    : unitAmount === null
      ? 'Billed by tiers'
      : moneyHtml({ amount: unitAmount, currency })
  const later = trial !== null && interval !== null
  const billed = interval && perPeriod({ interval, intervalCount: line.intervalCount })
  return html`<div><dt>${productName}${each}
${productDescription && html`<span class="more">${productDescription}</span>`}
${billed && html`<span class="more">${later && 'After the trial '}${price}${quantity > 1 && unitAmount !== null && !line.metered && ' each'} ${billed}</span>`}
${quantityForm(line, id)}</dt>
<dd>${line.metered ? 'Billed later' : later ? 'Free now' : moneyHtml({ amount, currency })}</dd></div>`
}

function discountRow({ discount, currency, trial }: CheckoutView): Html | null {
  if (!discount) return null
  const { name, amount, words } = discount
  return html`<div><dt>${name}<span class="more">${words}</span></dt>
<dd>${trial ? 'After the trial' : moneyHtml({ amount: -amount, currency })}</dd></div>`
}

function balanceRows({ balance, carried, currency }: CheckoutView): Html {
  const row = (label: string, amount: number) =>
    html`<div><dt>${label}</dt><dd>${moneyHtml({ amount, currency })}</dd></div>`
  return html`${balance !== 0 && row(balance < 0 ? 'Your credit' : 'Left from earlier invoices', balance)}${carried > 0 && row('Too little to charge now, added to your next invoice', -carried)}`
}

function terms({ trial, recurring, currency, businessName, addsTaxes }: CheckoutView): Html | null {
  if (!recurring) return null
  const { reduced, uses } = recurring
  const each = (amount: number) =>
    html`${moneyHtml({ amount, currency })} ${perPeriod(recurrence(recurring))}`
  const extra = html`${uses && ' plus what you use'}${addsTaxes && ' plus taxes'}`
  const later = reduced
    ? html`${each(reduced.amount)}${extra} until ${dateHtml(reduced.until)}, then at ${each(recurring.amount)}${extra}`
    : html`${each(recurring.amount)}${extra}`
  if (trial)
    return html`<p class="terms">Free until ${dateHtml(trial.endsAt)}. Then ${reduced && 'at '}${later}, until you cancel. Cancel before that day and you pay nothing.</p>`
  return html`<p class="terms">Renews at ${later}, until you cancel. You can cancel at any time from your ${businessName} billing page.</p>`
}

function recurrence({ interval, count }: NonNullable<CheckoutView['recurring']>) {
  return { interval, intervalCount: count }
}

function initial(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '·'
}
