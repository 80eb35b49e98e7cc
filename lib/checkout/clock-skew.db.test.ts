import { afterEach, describe, expect, it, vi } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

shopForFile()

afterEach(() => {
  vi.useRealTimers()
})

// What minutes would break, a day breaks, too.
describe.each(WITHOUT_SOAKS ? [86_400, -86_400] : [600, -600, 86_400, -86_400])(
  '%i seconds from the database’s clock',
  (seconds) => {
    // breakage: the application's clock is minutes ahead of the database's, or behind | nothing: rows are compared with the database's clock
    it('a checkout opens, the same choice gets the same page, and another choice another one', async () => {
      const now = Date.now() + seconds * 1000
      vi.useFakeTimers({ toFake: ['Date'], now })
      const { actor } = await shopper()
      const clicks = Array.from({ length: 10 }, () =>
        startCheckout(actor, { tier: SMALL, interval: 'month' }),
      )
      const urls = (await Promise.all(clicks)).map((one) =>
        one.kind === 'checkout' ? one.url : one,
      )
      expect(new Set(urls).size).toBe(1)
      const other = await startCheckout(actor, { tier: GREAT, interval: 'year' })
      expect(other).toMatchObject({
        kind: 'checkout',
        url: expect.not.stringMatching(`${urls[0]}`),
      })
    })
  },
)
