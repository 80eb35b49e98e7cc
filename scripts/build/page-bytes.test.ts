import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { judgeBytes } from './judge-bytes'
import { pageBytes } from './page-bytes'

let build: string

beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'ledgerline-bytes-'))
  file('build-manifest.json', JSON.stringify({ rootMainFiles: ['main.js'] }))
  file('main.js', randomBytes(3_000).toString('base64'))
  file('next.js', randomBytes(300).toString('base64'))
  file('ours.js', randomBytes(600).toString('base64'))
})

afterEach(() => rmSync(build, { recursive: true, force: true }))

test('a page weighs what the framework brings, and each file of ours once', () => {
  page('/pricing', {
    '[project]/node_modules/next/dist/layout-router.js': ['next.js'],
    '[project]/app/error.tsx': ['ours.js'],
    '[project]/app/button.tsx': ['ours.js', 'main.js'],
  })
  const { all, empty } = pageBytes(build, '/pricing')
  expect(all - empty).toBeGreaterThan(550)
  expect(all - empty).toBeLessThan(700)
})

test('a page without a component of ours is the empty page', () => {
  page('/', { '[project]/node_modules/next/dist/layout-router.js': ['next.js'] })
  const { all, empty } = pageBytes(build, '/')
  expect(all).toBe(empty)
})

test('the pricing page may weigh three in a hundred more than an empty one, and no more', () => {
  const judged = (all: number) => judgeBytes([{ page: '/pricing', all, empty: 100_000 }]).faults
  expect(judged(103_000)).toEqual([])
  expect(judged(103_001)).toEqual([expect.stringContaining('/pricing loads 100.6 KB')])
})

test('the billing page may weigh 170 KB, and no more', () => {
  const judged = (all: number) => judgeBytes([{ page: '/settings/billing', all, empty: 1 }]).faults
  expect(judged(170 * 1024)).toEqual([])
  expect(judged(170 * 1024 + 1)).toHaveLength(1)
})

function page(path: string, modules: Record<string, string[]>): void {
  const folder = path === '/' ? '' : path
  const clientModules = Object.fromEntries(
    Object.entries(modules).map(([module, files]) => [
      module,
      { chunks: files.map((name) => `/_next/${name}`) },
    ]),
  )
  // As Next writes it, with another statement behind.
  file(
    `server/app${folder}/page_client-reference-manifest.js`,
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};
globalThis.__RSC_MANIFEST["${folder}/page"] = ${JSON.stringify({ clientModules })};
globalThis.__RSC_MANIFEST["${folder}/page"].entryJSFiles = {};`,
  )
}

function file(path: string, text: string): void {
  mkdirSync(join(build, path, '..'), { recursive: true })
  writeFileSync(join(build, path), text)
}
