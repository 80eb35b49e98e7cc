import { expect, it } from 'vitest'
import { keptRoots } from './kept-roots'

const [OLD, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]

it('finds the roots among other lines of the log, wrapped or not', () => {
  const line = (day: string, root: string) =>
    JSON.stringify({ level: 30, anchor: { day, root, scopes: 2 }, msg: 'audit anchored' })
  const text = [
    line('2026-11-20', OLD),
    '{"level":30,"msg":"sync applied"}',
    JSON.stringify({ source: 'lambda', message: line('2026-11-21', OTHER) }),
  ].join('\n')
  expect([...keptRoots(text)]).toEqual([
    ['2026-11-20', OLD],
    ['2026-11-21', OTHER],
  ])
})

it('believes the older of two roots for one day', () => {
  const text = [OLD, OTHER].map((root) => `{"day":"2026-11-20","root":"${root}"}`).join('\n')
  expect(keptRoots(text).get('2026-11-20')).toBe(OLD)
})
