import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, test } from 'vitest'
import { replaceFile, withMissing } from './env-file'

const SECRET = { name: 'AUTH_SECRET', value: 'drawn', about: 'Signs.' }
const KEY = { name: 'STRIPE_SECRET_KEY', value: 'sk_test_1', about: 'Opens.' }
const folder = mkdtempSync(join(tmpdir(), 'ledgerline-env-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an .env file that lacks something', () => {
  it('that is not there gets all of it', () => {
    expect(withMissing('', [SECRET, KEY])).toEqual({
      text: '# Signs.\nAUTH_SECRET=drawn\n\n# Opens.\nSTRIPE_SECRET_KEY=sk_test_1\n',
      added: ['AUTH_SECRET', 'STRIPE_SECRET_KEY'],
    })
  })

  it.each([
    ['comments, order and blank lines', '# mine\n\nB=2\nA=1 # why\n'],
    ['its line ends', '# mine\r\nB=2\r\n'],
    ['what is commented out', '# AUTH_SECRET=old\nA=1\n'],
    ['a last line without an end', 'A=1'],
    ['another name that ends alike', 'MY_AUTH_SECRET=1\n'],
  ])('keeps %s, unchanged', (_, text) => {
    const { text: made, added } = withMissing(text, [SECRET])
    expect(made.startsWith(text.trimEnd())).toBe(true)
    const end = text.includes('\r\n') ? '\r\n' : '\n'
    expect(made.endsWith(`${end}AUTH_SECRET=drawn${end}`)).toBe(true)
    expect(added).toEqual(['AUTH_SECRET'])
  })

  it.each([
    'AUTH_SECRET=own',
    'export AUTH_SECRET = own',
    'AUTH_SECRET="own # x"',
    " AUTH_SECRET='own'",
    // Base64 ends so.
    'AUTH_SECRET=b3du=',
    'AUTH_SECRET=b3duLg==',
    'AUTH_SECRET=own # like A=',
    'AUTH_SECRET=own=""',
    'AUTH_SECRET=#own',
  ])('keeps a value that is there: %s', (line) => {
    const text = `A=1\n${line}\nB=2\n`
    const kept = line.includes('=#') ? withMissing(text, []) : withMissing(text, [SECRET])
    expect(kept).toEqual({ text, added: [] })
  })

  it.each(['AUTH_SECRET=', 'AUTH_SECRET=""', "AUTH_SECRET='' # later", 'AUTH_SECRET=   '])(
    'gets the value where it stands, when it is blank: %j',
    (line) => {
      const { text, added } = withMissing(`A=1\n${line}\nB=2\n`, [SECRET])
      expect(text).toBe('A=1\nAUTH_SECRET=drawn\nB=2\n')
      expect(added).toEqual(['AUTH_SECRET'])
    },
  )

  it('is not changed by what is there already, however often', () => {
    const { text } = withMissing('# mine\nB=2', [SECRET, KEY])
    expect(withMissing(text, [SECRET, KEY])).toEqual({ text, added: [] })
  })
})

test('a value that Next would read otherwise is written so that it does not', async () => {
  const value = 'smtps://u:p$w@h:465/?a=b c#d"e'
  const { text } = withMissing('', [{ ...SECRET, value }])
  const { default: nextEnv } = await import('@next/env')
  const files = [{ path: 'x', contents: text, env: {} }]
  nextEnv.processEnv(files, folder, { info: () => {}, error: () => {} }, true)
  expect(process.env.AUTH_SECRET).toBe(value)
})

test('a file is replaced whole, behind a link, and for those who could read it before', () => {
  const [real, link, fresh] = ['real', 'link', 'fresh'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(real, 'old')
  chmodSync(real, 0o640)
  symlinkSync(real, link)
  replaceFile(link, 'new')
  expect([readFileSync(real, 'utf8'), statSync(real).mode & 0o777]).toEqual(['new', 0o640])
  replaceFile(fresh, 'new')
  expect(statSync(fresh).mode & 0o777).toBe(0o600)
})
