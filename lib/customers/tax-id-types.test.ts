import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COUNTRIES } from '@/lib/countries'
import { ROOT } from '@/scripts/stack/paths'
import { TAX_ID_TYPES } from './tax-id-types'

test('every type of tax id that Stripe’s SDK knows can be chosen, and no other', () => {
  const source = readFileSync(join(ROOT, 'node_modules/stripe/esm/resources/TaxIds.d.ts'), 'utf8')
  const literals = [...source.matchAll(/'([a-z]{2}_[a-z_]+)'/g)].map(([, type]) => type)
  expect(new Set(TAX_ID_TYPES.map(({ type }) => type))).toEqual(new Set(literals))
})

test('each is called by its country and what the country calls it', () => {
  const nameOf = (wanted: string) => TAX_ID_TYPES.find(({ type }) => type === wanted)?.name
  expect(nameOf('eu_vat')).toBe('European Union: VAT')
  expect(nameOf('de_stn')).toBe('Germany: STN')
  expect(nameOf('ca_gst_hst')).toBe('Canada: GST HST')
  expect(new Set(TAX_ID_TYPES.map(({ name }) => name)).size).toBe(TAX_ID_TYPES.length)
})

test('every country has a name', () => {
  expect(COUNTRIES.length).toBeGreaterThan(230)
  expect(COUNTRIES.filter(({ code, name }) => code === name)).toEqual([])
})
