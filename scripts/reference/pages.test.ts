import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GET } from '@/app/llms.txt/route'
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

  it.skipIf(path === 'llms.txt')('explains each thing that it lists', () => {
    const rows = page().match(/^\| `.*$/gm) ?? []
    expect(rows.length).toBeGreaterThan(15)
    const said = rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    expect(said.filter(([, name, what]) => !name || !what)).toEqual([])
  })
})

it('llms.txt leads to each document that the index names, and to nothing that is not there', () => {
  const paths = [...read('llms.txt').matchAll(/\]\(([^)#]+)/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(40)
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

it('the llms.txt that is served names only addresses that the application has', async () => {
  const known = addresses().map(({ path }) => path)
  const named = [...(await GET().text()).matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((path) => !known.includes(path ?? ''))).toEqual([])
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
    '/llms.txt',
    '/outdated',
    '/pricing',
    '/sign-in',
    '/sign-in/deleted',
  ])
})
