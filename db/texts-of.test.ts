import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asText } from './as-text'
import { textsOf } from './texts-of'

// fast-check's own unit for this, `binary`, takes two seconds to list them all.
const ANY = fc
  .nat(0x10_ffff)
  .filter(isNoSurrogate)
  .map((point) => String.fromCodePoint(point))
const SPECIAL = fc.constantFrom(...'{}",\\ \n')

it('reads what Postgres writes of texts, in quotes only where they need them', () => {
  expect(textsOf('{}')).toEqual([])
  expect(textsOf('{evt_1,NULL,"NULL","","a,b","{c}","d\\"\\\\e","two\nlines"}')).toEqual([
    ...['evt_1', null, 'NULL', '', 'a,b', '{c}', 'd"\\e', 'two\nlines'],
  ])
})

it('gives back whatever texts were sent', () => {
  const texts = fc.array(fc.option(fc.string({ unit: fc.oneof(ANY, SPECIAL) })))
  fc.assert(
    fc.property(texts, (sent) => {
      expect(textsOf(`${asText(sent)}`)).toEqual(sent)
    }),
  )
})

function isNoSurrogate(point: number): boolean {
  return point < 0xd800 || point > 0xdfff
}
