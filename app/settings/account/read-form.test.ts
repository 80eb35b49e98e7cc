import { describe, expect, test } from 'vitest'
import { readEmailsForm, readOwnEmail } from './read-form'

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

describe('the choice of emails', () => {
  test('is a kind that can be turned off, and a yes or a no', () => {
    expect(readEmailsForm(form({ kind: 'usage', on: 'no' }))).toEqual({ kind: 'usage', on: false })
    expect(readEmailsForm(form({ kind: 'usage', on: 'yes' }))).toEqual({ kind: 'usage', on: true })
  })

  test.each([
    { kind: 'receipts', on: 'no' },
    { kind: 'usage', on: 'maybe' },
    { kind: 'constructor', on: 'no' },
    {},
  ])('is not %j', (fields) => {
    expect(() => readEmailsForm(form(fields as Record<string, string>))).toThrow(/as it was sent/)
  })
})

test('the address that confirms is read as it is spelled here, and nonsense is another address', () => {
  expect(readOwnEmail(form({ email: ' Ada@Example.com ' }))).toBe('ada@example.com')
  for (const email of ['', 'delete', 'a@b'])
    expect(() => readOwnEmail(form({ email }))).toThrow(/not the email address of this account/)
})
