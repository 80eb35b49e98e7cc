import { expect, it } from 'vitest'
import { ringsIn } from './rings'

const rings = (edges: Record<string, string[]>) => ringsIn(new Map(Object.entries(edges)))

it('a graph with one direction has no ring, however often its ways meet', () => {
  expect(rings({ a: ['b', 'c'], b: ['d'], c: ['d', 'd'], d: [] })).toEqual([])
})

it('two that name each other are a ring, and so are five in a row', () => {
  expect(rings({ a: ['b'], b: ['a'] })).toEqual([['a', 'b']])
  const row = { a: ['b'], b: ['c'], c: ['d', 'x'], d: ['e'], e: ['a'], x: ['y'], y: ['x'] }
  expect(rings(row)).toEqual([
    ['x', 'y'],
    ['a', 'b', 'c', 'd', 'e'],
  ])
})

it('one that names itself is none', () => {
  expect(rings({ a: ['a'] })).toEqual([])
})
