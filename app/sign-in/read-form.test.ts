import { describe, expect, test } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { Invalid } from '@/lib/errors'
import { readDemoForm, readEmailForm, readProviderForm } from './read-form'

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

describe('the forms of the sign-in page', () => {
  test('an address is read in its one spelling, with where to go', () => {
    expect(
      readEmailForm(form({ email: ' Ana@Example.com ', plan: SMALL, interval: 'month' })),
    ).toEqual({
      email: 'ana@example.com',
      returnTo: `/checkout/continue?plan=${SMALL}&interval=month`,
    })
  })

  test('what is not an address is refused by the name of its field', () => {
    expect(() => readEmailForm(form({ email: 'ana' }))).toThrow(Invalid)
    expect(() => readEmailForm(form({}))).toThrow(Invalid)
  })

  test('only the configured providers can sign a user in', () => {
    expect(readProviderForm(form({ provider: 'github' })).provider).toBe('github')
    expect(() => readProviderForm(form({ provider: 'email' }))).toThrow(Invalid)
  })

  test('only the people of the demo can be taken without a mail', () => {
    expect(readDemoForm(form({ email: 'ada@demo.test' })).email).toBe('ada@demo.test')
    expect(() => readDemoForm(form({ email: 'owner@example.com' }))).toThrow(Invalid)
  })
})
