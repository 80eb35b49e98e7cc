import { describe, expect, it } from 'vitest'
import { importGraph, isForTests } from './imports/import-graph.fixture'

const graph = importGraph()
const sources = [...graph.keys()]
const importers = new Map<string, string[]>()
for (const [file, imports] of graph)
  for (const other of imports) importers.set(other, [...(importers.get(other) ?? []), file])

describe('what only tests use', () => {
  it('is named a fixture where it stands beside what ships, or what runs it here', () => {
    const unnamed = sources.filter((file) => {
      const by = importers.get(file) ?? []
      return WITH_TESTS.test(file) && by.length > 0 && by.every(isTest) && !isTest(file)
    })
    // With tests of its own beside it, it is what is tested; Next asks for its own files by name.
    const stray = unnamed.filter((file) => !graph.has(file.replace('.ts', '.test.ts')))
    expect(stray.filter((file) => !/\/(page\.tsx|route\.ts)$/.test(file))).toEqual([])
  })

  it('is imported by nothing else', () => {
    const fixtures = sources.filter((file) => /\.fixture\.tsx?$/.test(file))
    expect(fixtures.length).toBeGreaterThan(30)
    const used = fixtures.flatMap((file) =>
      (importers.get(file) ?? []).filter((by) => !isTest(by)).map((by) => `${by}: ${file}`),
    )
    expect(used).toEqual([])
  })
})

const WITH_TESTS = /^(app|db|lib|scripts)\//

function isTest(file: string): boolean {
  return isForTests(file) || /^(bench|e2e|sandbox\/test|tests)\//.test(file)
}
