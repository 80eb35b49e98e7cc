import { expect, it } from 'vitest'
import { history } from './history'
import { ALL_GUARDS, type Guards } from './memory-ledger'

// More are told by `npm run sim -- --runs 1000000`; these take a few seconds.
const RUNS = 2_000

it(`the books are true at the end of ${RUNS} histories of crashes, failures and lost answers`, async () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    expect(await history(seed), `npm run sim -- --seed ${seed}`).toEqual([])
  }
})

it('the same seed tells the same history', async () => {
  const broken = { ...ALL_GUARDS, naturalKeys: false }
  const seed = await firstWrong(broken)
  expect(await history(seed, broken)).toEqual(await history(seed, broken))
})

it.each<[keyof Guards, string]>([
  ['fence', 'was committed over'],
  ['seqAtClaim', 'was lost'],
  ['naturalKeys', 'was told twice'],
  ['inbox', 'stored twice'],
  ['doneAtCommit', 'was lost'],
])('without the guard %s some history ends wrong: something %s', async (guard, words) => {
  const without = { ...ALL_GUARDS, [guard]: false }
  const wrong = await history(await firstWrong(without, words), without)
  expect(wrong.join('\n')).toContain(words)
})

async function firstWrong(guards: Guards, words = ''): Promise<number> {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const wrong = await history(seed, guards)
    if (wrong.length > 0 && wrong.join('\n').includes(words)) return seed
  }
  throw new Error('No history needed this guard.')
}
