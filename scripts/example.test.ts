import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './stack/paths'

const page = readFileSync(join(ROOT, 'docs/how-to/delete-the-example.md'), 'utf8')
const [, deleted = '', changed = ''] = page.split(/^## /m)
const example = [...deleted.matchAll(/^- `([^`]+)`/gm)].map(([, path = '']) => path)
const lines = [...changed.matchAll(/`([\w./-]+\.(?:tsx?|sql|md))`/g)].map(([, path = '']) => path)

const isOfIt = (path: string) =>
  example.some((each) => path === each || path.startsWith(`${each}/`))

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => relative(ROOT, join(ROOT, folder, path)))
    .filter((path) => /\.(tsx?|sql)$/.test(path) && statSync(join(ROOT, path)).isFile())
}

const others = ['app', 'lib', 'db/schema', 'db/queries', 'db/functions', 'e2e', 'scripts', 'tests']
  .flatMap(filesIn)
  .concat('proxy.ts')
  .filter((path) => !isOfIt(path))

describe('the example', () => {
  it('is where its page says', () => {
    expect(example.length).toBeGreaterThan(5)
    expect([...example, ...lines].filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('is imported by nothing else, so that it can be deleted', () => {
    const imports =
      /from '(@\/(?:app\/reports|app\/api\/v1\/reports|lib\/reports|db\/(?:queries|schema)\/reports)[^']*)'/
    const found = others.filter((path) => imports.test(readFileSync(join(ROOT, path), 'utf8')))
    expect(found).toEqual([])
  })

  it('is named in no file but those that its page lists', () => {
    const named = others.filter((path) =>
      /['"(|/](reports|report\.create)['"|)/?]|\breport_title\b/.test(
        readFileSync(join(ROOT, path), 'utf8'),
      ),
    )
    expect(named.filter((path) => !lines.includes(path))).toEqual([])
  })
})
