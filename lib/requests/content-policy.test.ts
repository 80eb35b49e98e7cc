import { expect, test } from 'vitest'
import { besideSandbox, contentPolicy } from './content-policy'

test('no script runs that is not ours or named', () => {
  expect(contentPolicy([])).toContain("; script-src 'self'; ")
  expect(contentPolicy(["'nonce-abc'"])).toContain("; script-src 'self' 'nonce-abc'; ")
})

test('forms end at Stripe and where people sign in, and on this machine only beside a sandbox', () => {
  const forms = (policy: string) => /form-action (.*)$/.exec(policy)?.[1]
  expect(forms(contentPolicy([]))).not.toMatch(/localhost|127\.0\.0\.1|http:/)
  expect(forms(besideSandbox(contentPolicy([])))).toBe(
    `${forms(contentPolicy([]))} http://127.0.0.1:* http://localhost:*`,
  )
})
