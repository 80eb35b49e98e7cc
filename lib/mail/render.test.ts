import { describe, expect, it } from 'vitest'
import { BRAND } from '@/lib/brand'
import { NOW } from '@/lib/sync/rows.fixture'
import { invoice, TO } from './emails.fixture'
import { paidEmail } from './paid-email'
import { paymentFailedEmail } from './payment-failed-email'
import { priceChangesEmail, priceStaysEmail } from './price-move-emails'
import { renderEmail } from './render'
import { signInMail } from './sign-in-email'
import { yearlyRenewalEmail } from './yearly-renewal-email'

const url = 'https://app.example/settings/billing?a=1&b=2'
const mail = renderEmail({
  to: TO,
  subject: 'A <subject> & more',
  paragraphs: ['One & "two" <three>.', 'Four.'],
  link: { label: 'See your billing', url },
})
const signIn = signInMail({
  to: TO,
  link: url,
  expires: new Date('2026-11-23T12:15:00Z'),
  host: 'app.example',
})

describe('the HTML of an email', () => {
  it('stands under the name and in the colors of the brand, for light and for dark', () => {
    for (const { html } of [mail, signIn]) {
      expect(html).toContain(BRAND.name)
      for (const color of ['paper', 'accent', 'onAccent'] as const) {
        expect(html).toContain(BRAND.colors[color].light)
        expect(html).toContain(BRAND.colors[color].dark)
      }
    }
  })

  it('says what the text says, with words that look like HTML as words', () => {
    expect(mail.html).toContain('<p>One &#38; &#34;two&#34; &#60;three&#62;.</p>')
    expect(mail.html).toContain('<title>A &#60;subject&#62; &#38; more</title>')
    expect(mail.html).toContain('href="https://app.example/settings/billing?a=1&#38;b=2"')
    expect(mail.text).toBe(`One & "two" <three>.\n\nFour.\n\nSee your billing:\n${url}\n`)
  })

  it('shows amounts and days in a table, and in it nothing that the text does not say', () => {
    const [usd, billing] = [(amount: number) => ({ amount, currency: 'usd' }), { billingUrl: url }]
    const at = new Date('2026-12-23T09:00:00Z')
    const mails = [
      priceChangesEmail({
        ...{ ...billing, to: TO, plan: '3 × Pro', interval: 'month', at },
        ...{ before: usd(4845), after: usd(6120) },
      }),
      priceStaysEmail({
        ...{ ...billing, to: TO, plan: 'Pro', interval: 'month', at, before: usd(1900) },
      }),
      paidEmail({
        ...{
          ...billing,
          to: TO,
          about: 'recovered',
          plan: 'Pro',
          paid: usd(1520),
          paidAt: at,
          carried: usd(0),
        },
        ...{ tookDays: false, renewsAt: null, endsAt: at },
      }),
      yearlyRenewalEmail({
        ...billing,
        to: TO,
        plan: 'Pro',
        span: 'a year',
        charge: usd(19_000),
        carried: usd(0),
        at,
      }),
      paymentFailedEmail({
        ...{ ...billing, to: TO, invoice: invoice(), subscription: null, owed: null, now: NOW },
      }),
    ]
    for (const { html, text } of mails) {
      const values = [...html.matchAll(/<td align="right"[^>]*>([^<]*)</g)].map(
        ([, value]) => value,
      )
      expect(values.length).toBeGreaterThan(1)
      for (const value of values) expect(text).toContain(value)
    }
    const none = renderEmail({
      ...{ to: TO, subject: 'S', paragraphs: ['One.'], facts: [null] },
      link: { label: 'See', url },
    })
    expect(none.html).not.toContain('align="right"')
  })

  it('loads nothing from anywhere: opening it is reported to no one', () => {
    for (const { html } of [mail, signIn])
      expect(html).not.toMatch(/<(img|link|script|iframe)|url\(|@import|src=/i)
  })

  it('stays open for what is added behind: no closing tag of the page comes before it', () => {
    expect(mail.html).not.toMatch(/<\/(body|html)>/)
  })
})
