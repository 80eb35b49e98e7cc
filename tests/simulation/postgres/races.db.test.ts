import { afterAll, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { mutate } from './mutate'
import { RACES } from './races'

afterAll(disconnect)

describe.each(RACES)('a guard of $in: $so', (race) => {
  it('holds', async () => {
    expect(await race.run()).toBeNull()
  })

  it('is missed when it is gone', async () => {
    const putBack = await mutate(race)
    try {
      const wrong = await race.run().catch((error) => String(error))
      expect(wrong).not.toBeNull()
    } finally {
      await putBack()
    }
  })
})
