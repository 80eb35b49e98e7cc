import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isStripeId } from './id-kinds'

it('every kind of id that the sandbox gives, as Stripe does, is known for one', () => {
  const files = readdirSync('sandbox', { recursive: true, encoding: 'utf8' })
  const given = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(`sandbox/${file}`, 'utf8').matchAll(/\b\w*Id\('(\w+)'/g)])
    .map(([, prefix]) => `${prefix}_1Abc`)
  expect(given.length).toBeGreaterThan(30)
  expect(given.filter((id) => !isStripeId(id))).toEqual([])
})

it.each([
  'ada_palmer',
  'sub',
  'sub_',
  'subx_1',
  'cus-1',
  'in_1 2',
  'Cus_1',
  `cus_${'x'.repeat(251)}`,
])('%s is none', (text) => {
  expect(isStripeId(text)).toBe(false)
})
