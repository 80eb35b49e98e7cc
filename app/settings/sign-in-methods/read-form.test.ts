import { expect, test } from 'vitest'
import { Invalid } from '@/lib/errors'
import { readMethodForm } from './read-form'

function form(method?: string): FormData {
  const data = new FormData()
  if (method !== undefined) data.set('method', method)
  return data
}

test.each(['email', 'github', 'google'])('%s is a sign-in method', (method) => {
  expect(readMethodForm(form(method))).toBe(method)
})

test.each([undefined, '', 'saml', 'toString', 'GitHub'])('%s is no sign-in method', (method) => {
  expect(() => readMethodForm(form(method))).toThrow(Invalid)
})
