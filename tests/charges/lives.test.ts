import { expect, it } from 'vitest'
import { liveCharged } from './life'

// `npm run sim:charges` lives 500; these keep `vitest` honest by itself.
const LIVES = 40

it(`in each of ${LIVES} random lives every charge that a page announces, of a renewal or a change, comes as it was announced, to the cent`, async () => {
  let compared = 0
  for (let seed = 1; seed <= LIVES; seed += 1) {
    const outcome = await liveCharged(seed)
    expect(outcome.wrongs, `npm run sim:charges -- --seed ${seed}`).toEqual([])
    compared += outcome.compared
  }
  expect(compared).toBeGreaterThan(LIVES * 4)
}, 120_000)
