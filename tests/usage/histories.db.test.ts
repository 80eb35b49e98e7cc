import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { histories } from './histories'
import { differs } from './replay'

afterAll(disconnect)

it('any history of uses, reservations, plans, months and credits is answered as on paper', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      expect(await differs(history)).toBeNull()
    }),
    { numRuns: 250 },
  )
}, 180_000)
