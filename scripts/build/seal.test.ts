import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentPolicy } from '@/lib/requests/content-policy'
import { sealBuild } from './seal'

let build: string

beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'ledgerline-build-'))
  mkdirSync(join(build, 'server', 'app', 'pricing'), { recursive: true })
  manifest(contentPolicy(["'unsafe-inline'"]))
  page('index', '<script>one()</script><script src="/x.js" async=""></script>')
  page('pricing/deep', '<script id="_R_">two(\n)</script><script>one()</script>')
})

afterEach(() => rmSync(build, { recursive: true, force: true }))

test('each inline script of the build’s pages is named once, and nothing else inline may run', () => {
  expect(sealBuild(build)).toBe(2)
  const scripts = policy()
  expect(scripts).toEqual(new Set(["'self'", hash('one()'), hash('two(\n)')]))
})

test('sealing again after another build forgets the scripts of the former', () => {
  sealBuild(build)
  page('index', '<script>three()</script>')
  sealBuild(build)
  expect(policy()).toEqual(new Set(["'self'", hash('one()'), hash('two(\n)'), hash('three()')]))
})

test('a build that sends no policy is not called sealed', () => {
  manifest("default-src 'self'")
  expect(() => sealBuild(build)).toThrow('sends no policy for scripts')
})

function page(name: string, html: string) {
  writeFileSync(join(build, 'server', 'app', `${name}.html`), `<html><head>${html}</head></html>`)
}

function manifest(value: string) {
  const headers = [{ source: '/:path*', headers: [{ key: 'Content-Security-Policy', value }] }]
  writeFileSync(join(build, 'routes-manifest.json'), JSON.stringify({ version: 3, headers }))
}

function policy() {
  const { headers } = JSON.parse(readFileSync(join(build, 'routes-manifest.json'), 'utf8'))
  const [, scripts = ''] = /script-src ([^;]*)/.exec(headers[0].headers[0].value) ?? []
  return new Set(scripts.split(' '))
}

function hash(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
