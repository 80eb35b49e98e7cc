import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { addresses } from './addresses'
import { unsaid } from './commands'
import { REFERENCE_PAGES } from './pages'
import { whoReaches } from './routes'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

describe.each(Object.entries(REFERENCE_PAGES))('%s', (path, page) => {
  it('says what the code says: npm run docs:reference brings it up to date', () => {
    expect(read(path)).toBe(page())
  })

  it('explains each thing that it lists', () => {
    const rows = page().match(/^\| `.*$/gm) ?? []
    expect(rows.length).toBeGreaterThan(15)
    const said = rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    expect(said.filter(([, name, what]) => !name || !what)).toEqual([])
  })
})

it('the README says of every npm script what it does', () => {
  expect(unsaid()).toEqual([])
})

it('every page of the reference is linked from docs/README.md', () => {
  const index = read('docs/README.md')
  const pages = readdirSync(join(ROOT, 'docs/reference'))
  expect(pages.filter((page) => !index.includes(`reference/${page}`))).toEqual([])
})

it('an address that everyone reaches is known to be one', () => {
  const open = addresses()
    .filter(({ file }) => whoReaches(file, read(file)) === 'everyone')
    .map(({ path }) => path)
  expect(open).toEqual([
    '/',
    '/api/auth/[...nextauth]',
    '/api/health',
    '/checkout/offer',
    '/pricing',
    '/sign-in',
    '/sign-in/deleted',
  ])
})
