import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { type Fate, openMeteredShop, waitingOf } from './metered.fixture'

let shop: Awaited<ReturnType<typeof openMeteredShop>>
beforeAll(async () => {
  shop = await openMeteredShop()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

const fate = fc.constantFrom<Fate>('ok', 'unsent', 'unanswered', 'unanswered')
const step = fc.oneof(
  // A key comes again, as a retry does.
  fc.record({
    do: fc.constant('use'),
    units: fc.integer({ min: 1, max: 3 }),
    key: fc.nat({ max: 9 }),
    // In which minute before now; two uses of one are what is hard to tell apart.
    ago: fc.nat({ max: 1 }),
  }),
  fc.record({ do: fc.constant('deliver'), fates: fc.array(fate, { minLength: 1, maxLength: 3 }) }),
  fc.record({ do: fc.constant('wait'), hours: fc.constantFrom(0, 19, 25, 49) }),
)

it('whatever is lost, late or tried again, Stripe ends with each use once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { id, use } = await shop.customer()
      const counted = new Map<number, number>()
      let begun = await shop.clock.now()
      for (const step of steps) {
        if ('hours' in step) {
          await shop.later(step.hours)
          begun = await shop.clock.now()
        } else if ('fates' in step) {
          shop.fate(...step.fates)
          await shop.deliver()
          shop.fate()
        } else {
          const units = counted.get(step.key) ?? step.units
          await use(units, new Date(begun.getTime() - step.ago * 60_000), `use-${step.key}`)
          counted.set(step.key, units)
        }
      }
      for (let tries = 0; tries < 10 && (await waitingOf(id)).length > 0; tries += 1) {
        await shop.deliver()
        await shop.later(13)
      }
      expect(await waitingOf(id)).toEqual([])
      expect(await shop.summed(id)).toBe([...counted.values()].reduce((sum, n) => sum + n, 0))
    }),
    { numRuns: 60 },
  )
}, 180_000)
