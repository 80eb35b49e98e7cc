import { describe, expect, it } from 'vitest'
import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'
import { PLANS, TOP_PLAN } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { type UsedUp, usageEmail } from './usage-emails'

const { name } = PLANS[SMALL]
const email = (over: Partial<UsedUp> = {}, used = 80) =>
  usageEmail({
    to: 'ada@example.com',
    about: 'near',
    tier: SMALL,
    usage: { used, limit: 100, resetsAt: new Date('2026-12-13T12:00:00Z') },
    credits: 0,
    billingUrl: 'https://app.example/settings/billing',
    ...over,
  })

describe('an email about a limit', () => {
  it('that is near says how much is used, until when, what then, and which plan has more', () => {
    expect(email()?.subject).toBe(`80 of 100 uses of ${name} are used`)
    expect(email()?.text.split('\n\n').slice(0, 3)).toEqual([
      `80 of 100 uses of ${name} are used. They start again on December 13, 2026.`,
      'When all are used, new uses are possible from December 13, 2026.',
      `${planWithMoreUses(SMALL)?.name} has ${planWithMoreUses(SMALL)?.monthlyUses} uses a month.`,
    ])
  })

  it('that is reached says from when new uses are possible', () => {
    const reached = email({ about: 'reached' }, 100)
    expect(reached?.subject).toBe(`All 100 uses of ${name} are used`)
    expect(reached?.text).toContain('New uses are possible from December 13, 2026.')
  })

  it('names the credits that are used next', () => {
    expect(email({ credits: 1200 })?.text).toContain('Your 1,200 credits are used after them.')
    expect(email({ about: 'reached', credits: 5 }, 100)?.text).toContain(
      'What you use now is taken from your 5 credits.',
    )
  })

  it('offers no greater plan where there is none', () => {
    expect(email({ tier: TOP_PLAN.tier })?.text).not.toContain('uses a month')
  })

  it('is not sent when it is not so any more, or when the other says it', () => {
    expect(email({}, 79)).toBeNull()
    expect(email({}, 100)).toBeNull()
    expect(email({ about: 'reached' }, 99)).toBeNull()
  })
})
