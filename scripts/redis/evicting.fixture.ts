import { seeded } from '@/tests/simulation/random'
import { startRedis } from './start'

/** A Redis that is too small: before each request it loses about half of what it holds. */
export function startEvicting(seed = 1) {
  const random = seeded(seed)
  return startRedis({
    before(keys) {
      for (const { key } of [...keys.keys()]) if (random.chance(0.5)) keys.delete(key)
    },
  })
}
