import { expect, it } from 'vitest'
import { deaths, rush } from './proofs'

// Few of each: `npm run test:usage` does the whole.

// breakage: two servers spend one workspace's limit at the same time | exactly the limit passes, and a retry counts nothing
it('exactly the limit passes of what two processes use at once, and their retries count nothing', async () => {
  expect(await rush(process.env, { rounds: 2, uses: 200, limit: 20 })).toEqual([])
}, 120_000)

it('a process that is killed between reserving and committing loses no use, and counts none twice', async () => {
  expect(await deaths(process.env, 3)).toEqual([])
}, 120_000)
