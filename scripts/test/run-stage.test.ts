import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { runStage } from './run-stage'
import type { Step } from './step'

const folder = mkdtempSync(join(tmpdir(), 'ledgerline-stage-'))
let said = ''

beforeEach(() => {
  said = ''
  vi.spyOn(console, 'log').mockImplementation((text: string) => {
    said += `${text}\n`
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('what runs beside is said whole when it has ended, and all is counted', async () => {
  const report = join(folder, 'seven.json')
  const counts = JSON.stringify({ numPassedTests: 7, numFailedTests: 0 })
  const writes = `require('fs').writeFileSync(${JSON.stringify(report)}, ${JSON.stringify(counts)})`
  const lanes = [
    [node('shown', '')],
    [node('first', "console.log('a'); console.error('b')"), { ...node('second', writes), report }],
  ]
  expect(await runStage(lanes)).toEqual({ passed: 9, failed: 0 })
  expect(said.replaceAll(/\d+\.\d s/g, '0 s')).toBe(
    '\n── shown\n✓ shown: 0 s\n\n── first\na\nb\n✓ first: 0 s\n\n── second\n\n✓ second: 0 s\n',
  )
})

test('the lanes of a stage run at the same time', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  const meet = (own: string, other: string) => `
    require('fs').writeFileSync(${JSON.stringify(own)}, '')
    const look = () => require('fs').existsSync(${JSON.stringify(other)}) || setTimeout(look, 10)
    look()`
  const lanes = [[node('one', meet(one, two))], [node('two', meet(two, one))]]
  expect(await runStage(lanes)).toEqual({ passed: 2, failed: 0 })
})

test.each([
  ['shown', (bad: Step, long: Step) => [[bad], [long]]],
  ['kept', (bad: Step, long: Step) => [[long], [bad]]],
])('a failure of what is %s stops what runs beside it and comes after it', async (_, lanes) => {
  const never = join(folder, 'never')
  rmSync(never, { force: true })
  const write = `require('fs').writeFileSync(${JSON.stringify(never)}, '')`
  const [first = [], second = []] = lanes(
    node('bad', "console.log('It is wrong.'); process.exitCode = 3"),
    node('long', 'setTimeout(() => {}, 60_000)'),
  )
  const after = node('after', write)
  expect(
    await runStage([
      [...first, after],
      [...second, after],
    ]),
  ).toEqual({ passed: 0, failed: 1 })
  expect(said).toContain('✗ bad')
  expect(said).not.toMatch(/[✓✗] (long|after)/)
  expect(existsSync(never)).toBe(false)
})

test('a step that dies before it reports is one failure, whatever an earlier run had reported', async () => {
  const report = join(folder, 'old.json')
  writeFileSync(report, JSON.stringify({ numPassedTests: 5, numFailedTests: 0 }))
  const dies = { ...node('dies', 'process.exitCode = 1'), report }
  expect(await runStage([[dies]])).toEqual({ passed: 0, failed: 1 })
})

function node(name: string, code: string): Step {
  return { name, command: [process.execPath, '-e', code] }
}
