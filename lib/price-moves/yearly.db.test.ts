import { describe, expect, it } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { emailsTo } from '@/lib/outbox/history.fixture'
import { raisedPrice } from './raised-price.fixture'
import { reportText } from './report'

const SLOW = { timeout: 120_000 }
const NAME = PLANS[SMALL].name
const scene = raisedPrice('year')

describe('a plan that is paid by the year', SLOW, () => {
  it('is announced now, and charged the new price at the renewal of its year and not before', async () => {
    const report = await scene.run()
    expect(report.moved.get('usd')).toMatchObject({ count: 1, before: 19_000, after: 24_000 })
    // $50 a year more.
    expect(reportText(report, { interval: 'year', intervalCount: 1 })).toContain(
      'USD by the year: 1, $190.00 → $240.00, +$4.17 a month',
    )
    await scene.history.arrive()
    const [email] = await emailsTo(scene.me)
    expect(email?.text).toContain(`${NAME} costs $240.00 a year instead of $190.00`)
    await scene.history.later(300)
    expect(await scene.charged()).toEqual([19_000])
    expect(await scene.states()).toEqual(['planned'])
    await scene.history.later(67)
    expect(await scene.charged()).toEqual([24_000, 19_000])
    expect(await scene.states()).toEqual(['moved'])
    const notified = (await scene.subjects()).filter((each) => each.startsWith('The price of'))
    expect(notified).toHaveLength(1)
  })

  it('renews once more at the old price where the day is after that renewal', async () => {
    await scene.run({ days: 380 })
    await scene.history.later(367)
    expect(await scene.charged()).toEqual([19_000, 19_000])
    expect(await scene.states()).toEqual(['planned'])
    await scene.history.later(366)
    expect((await scene.charged())[0]).toBe(24_000)
    expect(await scene.states()).toEqual(['moved'])
  })

  it('is taken back until the day, and renews at the old price', async () => {
    await scene.run()
    await scene.history.later(200)
    expect(await scene.undo()).toEqual({ asked: 1, tooLate: 0 })
    await scene.history.later(167)
    expect(await scene.charged()).toEqual([19_000, 19_000])
  })
})
