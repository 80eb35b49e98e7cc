import { describe, expect, it } from 'vitest'
import { EMPTY_CARD } from '@/sandbox/pages/card/fields'
import { pageFacts } from '@/sandbox/test/pages/page-facts'
import { NOW, sampleCheckout, sampleTrial } from '@/sandbox/test/pages/sample-views'
import { completePage, expiredPage } from './closed'
import { checkoutPage } from './page'

describe('the checkout page', () => {
  const facts = pageFacts(checkoutPage(sampleCheckout()))

  it('says that no money moves, what is bought and what is charged today', () => {
    expect(facts.text).toContain('Sandbox: no money moves.')
    expect(facts.headings).toEqual(['Subscribe to Pro', 'Pay by card'])
    expect(facts.text).toContain('Due today $19.00')
    expect(facts.text).toContain('Renews at $19.00 per month, until you cancel.')
    expect(facts.links).toMatchObject({ 'Back to Ledgerline': 'http://localhost:3000/pricing' })
  })

  it('says that taxes come on top, where they do, and does not say what one unit of a tiered price costs', () => {
    const taxed = sampleCheckout({ addsTaxes: true, mode: 'payment' })
    const [line] = taxed.lines
    if (!line) throw new Error('There is no line.')
    const tiered = { ...line, quantity: 8, unitAmount: null }
    const page = pageFacts(checkoutPage({ ...taxed, lines: [tiered] }))
    expect(page.text).toContain('Due today Before taxes, which depend on your country $19.00')
    expect(page.text).toContain('You pay $19.00 and taxes today.')
    expect(page.buttons).toContain('Pay $19.00 and taxes')
    expect(page.text).toContain('Billed by tiers per month')
    expect(page.text).not.toContain('each')
    expect(facts.text).not.toContain('taxes')
  })

  it.each([
    ['Card number', 'cc-number'],
    ['Expiration', 'cc-exp'],
    ['CVC', 'cc-csc'],
  ])('lets a browser fill in %s', (label, autocomplete) => {
    expect(facts.field(label)).toMatchObject({ autocomplete, inputmode: 'numeric', required: '' })
  })

  it('shows an address that the customer already has without letting it change', () => {
    expect(facts.field('Email')).toMatchObject({ readonly: '', value: 'ana@example.test' })
    const editable = pageFacts(checkoutPage(sampleCheckout({ emailEditable: true, email: null })))
    expect(editable.field('Email')).not.toHaveProperty('readonly')
  })

  it('offers test cards by button and by number', () => {
    expect(facts.buttons).toEqual([
      'Pays',
      'Declined',
      'Insufficient funds',
      '3-D Secure',
      'Subscribe',
    ])
    expect(facts.rowHeaders).toContain('4000 0000 0000 0002')
  })

  it('shows the terms of a trial', () => {
    const trial = pageFacts(checkoutPage(sampleTrial()))
    expect(trial.buttons).toContain('Start trial')
    expect(trial.text).toContain('14 days free')
    expect(trial.text).toContain('Due today $0.00')
    expect(trial.text).toContain(
      'Free until December 7, 2026. Then $19.00 per month, until you cancel.',
    )
  })

  it('asks for no card when none is collected', () => {
    const free = pageFacts(checkoutPage({ ...sampleTrial(), collectsCard: false }))
    expect(free.field('Card number')).toBeNull()
    expect(free.buttons).toEqual(['Start trial'])
  })

  it('keeps what was typed after a decline, except the security code', () => {
    const input = {
      ...EMPTY_CARD,
      number: '4000 0000 0000 0002',
      cvc: '987',
      name: 'Ana',
      email: 'a@b.test',
    }
    const page = checkoutPage(sampleCheckout(), {
      input,
      errors: {},
      decline: 'Your card was declined.',
    })
    const declined = pageFacts(page)
    expect(declined.alerts).toEqual(['Your card was declined. You were not charged.'])
    expect(declined.field('Card number')).toMatchObject({
      value: '4000 0000 0000 0002',
      autofocus: '',
    })
    expect(declined.field('Cardholder name')).toMatchObject({ value: 'Ana' })
    expect(page).not.toContain('987')
  })

  it('puts each error beside its field and the cursor in the first', () => {
    const errors = { expiry: 'This card has expired.', cvc: 'Enter the security code (CVC).' }
    const wrong = pageFacts(
      checkoutPage(sampleCheckout(), {
        input: { ...EMPTY_CARD, email: '' },
        errors,
        decline: null,
      }),
    )
    expect(wrong.alerts).toEqual(Object.values(errors))
    expect(wrong.title).toMatch(/^Problem: /)
    expect(wrong.field('Expiration')).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': 'card-expiry-error',
      autofocus: '',
    })
    expect(wrong.field('CVC')).not.toHaveProperty('autofocus')
  })
})

describe('a session that is over', () => {
  it('that was paid says so and leads on', () => {
    const facts = pageFacts(completePage(sampleCheckout({ state: 'complete' })))
    expect(facts.headings).toEqual(['You already paid'])
    expect(facts.links['Return to Ledgerline']).toMatch(/checkout\/return/)
  })

  it('that expired says that nothing was charged and leads back', () => {
    const facts = pageFacts(expiredPage(sampleCheckout({ state: 'expired', expiresAt: NOW - 60 })))
    expect(facts.text).toContain('You were not charged.')
    expect(facts.links).toEqual({ 'Back to Ledgerline': 'http://localhost:3000/pricing' })
  })
})
