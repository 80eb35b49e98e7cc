import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followCatalog } from './follow-catalog'

let folder: string
let end = () => {}
const push = vi.fn(async () => {})
const said: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerline-catalog-'))
  save('plans.ts', 'one')
  end = followCatalog({ folder, push, say: (line) => said.push(line) })
})

afterEach(() => {
  end()
  push.mockReset()
  said.length = 0
  rmSync(folder, { recursive: true })
})

const save = (name: string, text: string) => writeFileSync(join(folder, name), text)

it('a plan that is saved is at the local Stripe at once, and the terminal says so', async () => {
  save('plans.ts', 'two')
  await expect.poll(() => said).toEqual(['✓ The local Stripe has the catalog that you saved.'])
  expect(push).toHaveBeenCalledTimes(1)
})

it('a file that does not compile is said, and the next save is tried again', async () => {
  push.mockRejectedValueOnce(new Error('Expected "}" but found end of file'))
  save('plans.ts', 'half')
  await expect.poll(() => said).toEqual(['✗ Expected "}" but found end of file'])
  save('plans.ts', 'whole')
  await expect.poll(() => said).toHaveLength(2)
  expect(push).toHaveBeenCalledTimes(2)
})

it('a save that changes nothing, or a test beside the plans, pushes nothing', async () => {
  save('plans.ts', 'one')
  save('plans.test.ts', 'a test')
  save('features.ts', 'what a plan has')
  await expect.poll(() => said).toHaveLength(1)
  expect(push).toHaveBeenCalledTimes(1)
})
