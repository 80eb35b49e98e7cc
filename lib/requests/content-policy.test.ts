import { expect, test } from 'vitest'
import { besideSandbox, contentPolicy } from './content-policy'
import { stripeUseAt } from './stripe-pages'

test('no script runs that is not ours or named', () => {
  expect(contentPolicy([])).toContain("; script-src 'self'; ")
  expect(contentPolicy(["'nonce-abc'"])).toContain("; script-src 'self' 'nonce-abc'; ")
})

const directive = (policy: string, name: string) =>
  policy.split('; ').find((each) => each.startsWith(`${name} `)) ?? ''

test('nothing of Stripe’s loads into a page that does not run Stripe.js, beside a sandbox either', () => {
  for (const policy of [contentPolicy([]), besideSandbox(contentPolicy([]))]) {
    const loads = policy.replace(/form-action [^;]*/, '')
    expect(loads).not.toMatch(/stripe|127\.0\.0\.1|localhost/)
    expect(loads).not.toContain('frame-src')
  }
})

test('the page of a card loads Stripe.js and its frames, and only the page of Checkout loads that', () => {
  const card = contentPolicy(["'nonce-abc'"], 'elements')
  expect(directive(card, 'script-src')).toBe(
    "script-src 'self' 'nonce-abc' https://js.stripe.com https://*.js.stripe.com",
  )
  expect(directive(card, 'connect-src')).toBe("connect-src 'self' https://api.stripe.com")
  expect(directive(card, 'frame-src')).toContain('https://hooks.stripe.com')
  for (const name of ['script-src', 'connect-src', 'frame-src']) {
    expect(directive(card, name)).not.toContain('checkout.stripe.com')
    const checkout = directive(contentPolicy([], 'checkout'), name)
    expect(checkout).toContain('https://checkout.stripe.com')
    expect(checkout).not.toMatch(/127\.0\.0\.1|'unsafe-/)
  }
})

test('beside a sandbox Stripe.js may also be the stand-in on this machine', () => {
  const policy = besideSandbox(contentPolicy([], 'elements'))
  for (const name of ['script-src', 'connect-src', 'frame-src', 'form-action'])
    expect(directive(policy, name)).toContain(' http://127.0.0.1:*')
  expect(directive(policy, 'style-src')).not.toContain('127.0.0.1')
})

test('only the two pages run it, whatever an address looks like', () => {
  expect(stripeUseAt('/settings/billing/payment-method')).toBe('elements')
  expect(stripeUseAt('/checkout/pay/')).toBe('checkout')
  for (const path of ['/', '/settings/billing', '/checkout/pay//', 'toString'])
    expect(stripeUseAt(path)).toBeNull()
})

test('forms end at Stripe and where people sign in, and on this machine only beside a sandbox', () => {
  const forms = (policy: string) => /form-action (.*)$/.exec(policy)?.[1]
  expect(forms(contentPolicy([]))).not.toMatch(/localhost|127\.0\.0\.1|http:/)
  expect(forms(besideSandbox(contentPolicy([])))).toBe(
    `${forms(contentPolicy([]))} http://127.0.0.1:* http://localhost:*`,
  )
})
