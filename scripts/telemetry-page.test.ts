import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './stack/paths'

const sources = ['app', 'lib'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\./.test(path))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
)
const page = readFileSync(join(ROOT, 'docs/how-to/telemetry.md'), 'utf8')

it('every span that is made is explained in docs/how-to/telemetry.md, and no other', () => {
  const made = sources.flatMap((text) =>
    [...text.matchAll(/\b(?:span|spanNow|pastSpan)\(\s*'([\w.]+)'/g)].map(([, name]) => name),
  )
  const explained = [...page.matchAll(/^\| `([\w.]+)`/gm)].map(([, name]) => name)
  expect(made.length).toBeGreaterThan(10)
  expect(explained.toSorted()).toEqual([...new Set(made)].toSorted())
})

it('every attribute of a span is explained there', () => {
  const given = sources.flatMap((text) =>
    [...text.matchAll(/'((?:stripe|billing|http|url|error)\.[a-z_.]+)':/g)].map(([, name]) => name),
  )
  expect(given.length).toBeGreaterThan(5)
  expect(given.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
