import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleCheckout, samplePortal, sampleSubscription } from '@/sandbox/test/pages/sample-views'
import { completePage } from './checkout/closed'
import { checkoutPage } from './checkout/page'
import { attributes, html, trusted } from './html'
import { homePage } from './portal/home'

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '`onfocus=alert(1) autofocus x=`',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u2028<iframe srcdoc="<script>alert(1)</script>">',
]

describe('a template', () => {
  it('escapes text, keeps markup and prints nothing for nothing', () => {
    const name = html`<b>${'<Ana>'}</b>`
    expect(
      html`<p title="${'a"b'}">${name} ${[1, html`<i>x</i>`]}${false}${null}${undefined}</p>`.text,
    ).toBe('<p title="a&quot;b"><b>&lt;Ana&gt;</b> 1<i>x</i></p>')
  })

  it('never lets text end an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"'`]/)
        expect(attributes({ value: text }).text.slice(8, -1)).not.toMatch(/[<>"'`]/)
      }),
    )
  })

  it('leaves out attributes that are off', () => {
    expect(attributes({ type: 'radio', checked: true, disabled: false, value: null }).text).toBe(
      ' type="radio" checked',
    )
    expect(trusted('<hr>').text).toBe('<hr>')
  })
})

describe.each(ATTACKS)('with %j as every name', (attack) => {
  it('checkout stays the page it was', () => {
    const sample = sampleCheckout()
    const [line] = sample.lines
    const view = {
      ...sample,
      businessName: attack,
      email: attack,
      emailEditable: true,
      id: 'cs_test_a1',
    }
    const lines = line ? [{ ...line, productName: attack, productDescription: attack }] : []
    expect(tags(checkoutPage({ ...view, lines }))).toEqual(tags(checkoutPage(sample)))
  })

  it('the portal stays the page it was', () => {
    const sample = samplePortal()
    const [invoice] = sample.invoices
    const subscription = sampleSubscription()
    const attacked = samplePortal({
      businessName: attack,
      customer: { ...sample.customer, name: attack, email: attack },
      subscriptions: [{ ...subscription, plan: { ...subscription.plan, productName: attack } }],
      invoices: invoice ? [{ ...invoice, number: attack }, invoice] : [],
    })
    expect(tags(homePage(attacked, 'bps_1'))).toEqual(tags(homePage(sample, 'bps_1')))
  })

  it('an address of it is not followed', () => {
    const hostile = { successUrl: `javascript:${attack}`, cancelUrl: `data:text/html,${attack}` }
    expect(completePage(sampleCheckout({ ...hostile, state: 'complete' }))).not.toContain('<a ')
    expect(checkoutPage(sampleCheckout(hostile))).not.toContain('class="back"')
  })
})

/** The names of a page's elements, in order: an injected one shows. */
function tags(page: string): string[] {
  return [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([tag]) => tag)
}
