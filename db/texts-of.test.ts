import fc from 'fast-check'
import { expect, it } from 'vitest'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { asText } from './as-text'
import { textsOf } from './texts-of'

it('reads what Postgres writes of texts, in quotes only where they need them', () => {
  expect(textsOf('{}')).toEqual([])
  expect(textsOf('{evt_1,NULL,"NULL","","a,b","{c}","d\\"\\\\e","two\nlines"}')).toEqual([
    ...['evt_1', null, 'NULL', '', 'a,b', '{c}', 'd"\\e', 'two\nlines'],
  ])
})

it('gives back whatever texts were sent', () => {
  const texts = fc.array(fc.option(fc.string({ unit: 'binary' })))
  fc.assert(
    fc.property(texts, (sent) => {
      expect(textsOf(`${asText(sent)}`)).toEqual(sent)
    }),
    { numRuns: WITHOUT_SOAKS ? 25 : 100 },
  )
})
