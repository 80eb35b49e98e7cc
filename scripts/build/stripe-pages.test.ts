import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { strayStripe } from './stripe-pages'

const LOADER = 'const host="https://js.stripe.com"'
const CARD = '/settings/billing/payment-method'

let build: string
const pages = new Map<string, string[]>()

beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'ledgerline-stripe-'))
  pages.clear()
  file('static/chunks/loader.js', LOADER)
  file('static/chunks/ours.js', 'const a=1')
  page('/', ['ours.js'])
  page('/settings/billing', ['ours.js'])
  page(CARD, ['ours.js', 'loader.js'])
  page('/checkout/pay', ['loader.js'])
})

afterEach(() => rmSync(build, { recursive: true, force: true }))

test('a build whose two pages alone load Stripe.js is as it should be', () => {
  expect(strayStripe(build)).toEqual([])
})

test('another page that loads it is named', () => {
  page('/settings/billing', ['ours.js', 'loader.js'])
  expect(strayStripe(build)).toEqual([expect.stringContaining('/settings/billing loads Stripe.js')])
})

test('a file that any page could ask for later is named', () => {
  file('static/chunks/later.js', LOADER)
  expect(strayStripe(build)).toEqual([expect.stringContaining('later.js loads Stripe.js')])
})

test('a page that needs it and does not load it is named, so that what is looked for is still there', () => {
  page('/checkout/pay', ['ours.js'])
  expect(strayStripe(build)).toEqual([expect.stringContaining('/checkout/pay needs Stripe.js')])
})

function page(path: string, chunks: string[]): void {
  pages.set(path, chunks)
  const folder = path === '/' ? '' : path
  const clientModules = {
    '[project]/app/x.tsx': { chunks: chunks.map((name) => `/_next/static/chunks/${name}`) },
  }
  file(
    `server/app${folder}/page_client-reference-manifest.js`,
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};
globalThis.__RSC_MANIFEST["${folder}/page"] = ${JSON.stringify({ clientModules })};`,
  )
  const routes = [...pages.keys()].map((each) => [`${each === '/' ? '' : each}/page`, each])
  file('app-path-routes-manifest.json', JSON.stringify(Object.fromEntries(routes)))
}

function file(path: string, text: string): void {
  mkdirSync(join(build, path, '..'), { recursive: true })
  writeFileSync(join(build, path), text)
}
