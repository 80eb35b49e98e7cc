import { describe, expect, test } from 'vitest'
import { readTyped, sentWith } from '@/app/typed'
import { ROOM, readDetailsForm, readTaxIdChoice, readTaxIdForm } from './read-form'

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const ADA = {
  ...{ name: 'Ada  Lovelace', email: ' Ada@Example.com ', line1: '12 St James Sq', line2: '' },
  ...{ city: 'London', state: '', postalCode: 'SW1Y 4JH', country: 'GB' },
}
const CAUSE = '0b7f7f0e-1111-4222-8333-444455556666'

const reasonOf = (read: () => unknown) => {
  try {
    return read()
  } catch (error) {
    return (error as { reason?: string }).reason
  }
}

describe('what is to stand on invoices', () => {
  test('is read as it was meant, without the spaces around it', () => {
    expect(readDetailsForm(form(ADA))).toEqual({
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      address: {
        ...{ line1: '12 St James Sq', line2: '', city: 'London', state: '' },
        ...{ postalCode: 'SW1Y 4JH', country: 'GB' },
      },
    })
  })

  test('may have no address at all', () => {
    const { address } = readDetailsForm(form({ email: 'ada@example.com' }))
    expect(Object.values(address).join('')).toBe('')
  })

  test.each([
    ['billing_name', { name: 'x'.repeat(101) }],
    ['email_malformed', { email: 'ada@' }],
    ['email_letters', { email: 'ada@exämple.com' }],
    ['billing_address', { city: 'x'.repeat(101) }],
    ['billing_country', { country: '' }],
    ['billing_country', { country: 'Atlantis' }],
    ['billing_country', { country: 'toString' }],
  ])('is refused for %s: %j', (reason, wrong) => {
    expect(reasonOf(() => readDetailsForm(form({ ...ADA, ...wrong })))).toBe(reason)
  })
})

describe('a tax id', () => {
  test('is a type that Stripe knows and a number', () => {
    const given = { type: 'eu_vat', value: ' DE 123456789 ', cause: CAUSE }
    expect(readTaxIdForm(form(given))).toEqual({ ...given, value: 'DE 123456789' })
  })

  test.each([
    ['tax_id_type', { type: '' }],
    ['tax_id_type', { type: 'xx_vat' }],
    ['tax_id_type', { type: 'constructor' }],
    ['tax_id_value', { value: '' }],
    ['tax_id_value', { value: '<b>' }],
    ['tax_id_value', { value: '1'.repeat(61) }],
    ['unknown_form', { cause: 'mine' }],
  ])('is refused for %s: %j', (reason, wrong) => {
    const good = { type: 'eu_vat', value: 'DE123456789', cause: CAUSE }
    expect(reasonOf(() => readTaxIdForm(form({ ...good, ...wrong })))).toBe(reason)
  })

  test.each(['', 'cus_1', 'txi_../x', 'txi_'])('is none of ours by the id %j', (id) => {
    expect(reasonOf(() => readTaxIdChoice(form({ id })))).toBe('unknown_form')
  })
})

test('what was typed into a refused form comes back as it was, and fits into a cookie', () => {
  const long = { name: '"'.repeat(400), email: 'é'.repeat(400), line1: '语'.repeat(400) }
  const text = sentWith(form(long), ROOM).typed
  expect(readTyped(text)).toMatchObject({ name: '"'.repeat(100), line2: '' })
  expect(Buffer.from(JSON.stringify(text)).toString('base64url').length).toBeLessThan(3000)
  expect(readTyped(undefined)).toEqual({})
  expect(readTyped('null')).toEqual({})
})
