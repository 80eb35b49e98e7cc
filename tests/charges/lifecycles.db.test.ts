import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { type Here, openHere } from './here'
import { liveCharged } from './life'

// `npm run sim:charges` lives 500; these keep `vitest` honest by itself.
const { LIFECYCLES = '20', FIRST_SEED = '1' } = process.env
const [lifecycles, first] = [Number(LIFECYCLES), Number(FIRST_SEED)]
// Each takes about a second.
const PATIENCE_MS = 60_000 + lifecycles * 10_000

let here: Here

beforeAll(async () => {
  here = await openHere()
})
afterAll(async () => {
  await disconnect()
  here.stop()
})

it(
  `in each of ${lifecycles} random lifecycles every amount that a page or an email says is what is charged, to the cent`,
  async () => {
    const wrong: string[] = []
    let [compared, emails] = [0, 0]
    for (let seed = first; seed < first + lifecycles; seed += 1) {
      const life = await liveCharged(seed, here)
      compared += life.compared
      emails += life.emails
      if (life.wrongs.length > 0)
        wrong.push([`The life of seed ${seed}:`, ...life.story, ...life.wrongs].join('\n  '))
    }
    console.log(
      `${lifecycles} lifecycles from seed ${first}: ${compared} charges compared, ${emails} emails`,
    )
    expect(wrong.join('\n')).toBe('')
    expect(compared).toBeGreaterThan(lifecycles * 4)
  },
  PATIENCE_MS,
)
