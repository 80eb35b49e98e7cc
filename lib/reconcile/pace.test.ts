import { expect, it } from 'vitest'
import { pacer } from './pace'

it('calls begin five a second at most, and the first does not wait', async () => {
  const waits: number[] = []
  const paced = pacer(async (milliseconds) => {
    waits.push(milliseconds)
  })
  for (let n = 0; n < 3; n += 1) expect(await paced(async () => n)).toBe(n)
  expect(waits).toHaveLength(2)
  for (const wait of waits) expect(wait).toBeLessThanOrEqual(200)
})
