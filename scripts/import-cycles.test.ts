import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importGraph, isForTests } from './imports/import-graph.fixture'
import { ringsIn } from './imports/rings'
import { ROOT } from './stack/paths'

describe('imports', () => {
  const graph = importGraph()

  it('of files never come back to where they began, be it for a type alone', () => {
    expect([...graph.values()].flat().length).toBeGreaterThan(1_500)
    expect(ringsIn(graph)).toEqual([])
  })

  it('of the nouns of lib/ have one direction', () => {
    const nouns = new Map<string, Set<string>>()
    for (const [file, imports] of graph) {
      const noun = nounOf(file)
      if (!noun || isForTests(file)) continue
      const others = nouns.get(noun) ?? new Set()
      for (const other of imports.map(nounOf)) if (other && other !== noun) others.add(other)
      nouns.set(noun, others)
    }
    expect(nouns.size).toBeGreaterThan(15)
    expect(ringsIn(nouns)).toEqual([])
  })

  it('of the nouns of lib/ go where docs/architecture.md draws them, and never the other way', () => {
    const drawn = drawnIn(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8'))
    const imported = new Set<string>()
    for (const [file, imports] of graph) {
      if (isForTests(file)) continue
      for (const other of imports) imported.add(`${placeOf(file)} --> ${placeOf(other)}`)
    }
    const arrows = [...drawn].flatMap(([from, to]) => to.map((one) => `${from} --> ${one}`))
    expect(arrows.filter((arrow) => !imported.has(arrow))).toEqual([])
    const against = [...drawn].flatMap(([from, to]) => to.map((one) => `${one} --> ${from}`))
    expect(against.filter((arrow) => imported.has(arrow))).toEqual([])
  })

  it('of db/ take from lib/ only files that stand by themselves', () => {
    const taken = [...graph]
      .filter(([file]) => file.startsWith('db/') && !isForTests(file))
      .flatMap(([, imports]) => imports)
    const fromLib = taken.filter((file) => file.startsWith('lib/'))
    expect(fromLib.filter((file) => nounOf(file))).toEqual([])
  })
})

// A folder of lib/; files directly in it are leaves and have none.
function nounOf(file: string): string | null {
  return /^lib\/([^/]+)\//.exec(file)?.[1] ?? null
}

// As docs/architecture.md names them.
function placeOf(file: string): string {
  if (IS_SOLD.test(file)) return 'leaves'
  return nounOf(file) ?? (file.startsWith('lib/') ? 'leaves' : (file.split('/')[0] ?? ''))
}

/** The arrows of the first diagram of a page: `a["…"] --> b & c`. */
function drawnIn(page: string): Map<string, string[]> {
  const [, diagram = ''] = /```mermaid\nflowchart TD\n([\s\S]*?)```/.exec(page) ?? []
  const arrows = diagram.split('\n').flatMap((line) => {
    const [from, to] = line.replace(/\["[^"]*"\]/g, '').split(' --> ')
    return from && to ? [[from.trim(), to.trim().split(' & ')] as const] : []
  })
  expect(arrows.length).toBeGreaterThan(10)
  return new Map(arrows)
}

// What is sold is data that reads nothing: the environment asks it for the names of its variables.
const IS_SOLD = /^lib\/catalog\/(plans|catalog-of|features)\.ts$/
