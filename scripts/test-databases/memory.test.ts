import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryFolder } from './memory'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'ledgerline-place-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

describe('the folder in memory for a run’s databases', () => {
  it('is none where the system has no such place', () => {
    expect(memoryFolder(join(place, 'absent'))).toBeNull()
  })

  it('is another one for each that asks, and stays while its run goes on', () => {
    const [first, second] = [memoryFolder(), memoryFolder()]
    // Machines without it are covered above.
    if (first === null || second === null) return
    expect(first).not.toBe(second)
    expect(existsSync(first)).toBe(true)
    for (const made of [first, second]) rmSync(made, { recursive: true })
  })

  it('goes with the next run when its own was killed, and nothing else does', () => {
    // Linux gives no process a number as high.
    for (const name of ['ledgerline-tests-99999999-ab', `ledgerline-tests-${process.pid}-ab`, 'x'])
      mkdirSync(join(place, name))
    memoryFolder(place)
    expect(existsSync(join(place, 'ledgerline-tests-99999999-ab'))).toBe(false)
    expect(existsSync(join(place, `ledgerline-tests-${process.pid}-ab`))).toBe(true)
    expect(existsSync(join(place, 'x'))).toBe(true)
  })
})
