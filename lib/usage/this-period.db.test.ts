import { afterAll, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { countUsage } from '@/db/queries/usage'
import { grantCredits } from '@/db/queries/usage-credits'
import type { WorkspaceId } from '@/lib/ids'
import { someone } from '@/lib/workspaces/someone.fixture'
import { USAGE_RULES } from './rules'
import { readPeriodUsage } from './this-period'

afterAll(disconnect)

function use(workspaceId: WorkspaceId, now: string, quantity: number) {
  return countUsage({
    ...{ workspaceId, now: new Date(now), useKey: now, quantity, holdSeconds: null },
    ...{ rules: USAGE_RULES, planState: null },
  })
}

describe('what was used in the period that runs', () => {
  it('is given by day from its first one, with limit, credits and when it begins anew', async () => {
    const { workspaceId, actor } = await someone()
    await use(workspaceId, '2027-02-28T23:00:00Z', 5)
    await use(workspaceId, '2027-03-01T00:00:00Z', 1)
    await use(workspaceId, '2027-03-03T12:00:00Z', 2)
    const given = { quantity: 7, expiresAt: null, paymentIntentId: null, actor }
    await grantCredits({ workspaceId, source: `test:${workspaceId}`, ...given })
    expect(await readPeriodUsage(workspaceId, new Date('2027-03-04T01:00:00Z'))).toEqual({
      ...{ used: 3, limit: 10, credits: 7 },
      startsAt: new Date('2027-03-01T00:00:00Z'),
      resetsAt: new Date('2027-04-01T00:00:00Z'),
      days: [
        { day: '2027-03-01', units: 1 },
        { day: '2027-03-02', units: 0 },
        { day: '2027-03-03', units: 2 },
        { day: '2027-03-04', units: 0 },
      ],
    })
  })

  it('is no one else’s', async () => {
    const [me, other] = [await someone(), await someone()]
    await use(other.workspaceId, '2027-03-01T00:00:00Z', 4)
    const mine = await readPeriodUsage(me.workspaceId, new Date('2027-03-01T12:00:00Z'))
    expect(mine).toMatchObject({ used: 0, days: [{ day: '2027-03-01', units: 0 }] })
  })
})
