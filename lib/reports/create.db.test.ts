import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { ensureReport } from '@/db/queries/reports'
import { reports } from '@/db/schema/reports'
import { FREE } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { Conflict, Forbidden, PlanRequired } from '@/lib/errors'
import { grantPlan } from '@/lib/overrides/granted.fixture'
import { consume } from '@/lib/usage/consume'
import { reserve } from '@/lib/usage/reserve'
import { someone } from '@/lib/workspaces/someone.fixture'
import { createReport } from './create'
import { recentReports } from './list'

let me: Awaited<ReturnType<typeof someone>>
beforeEach(async () => {
  me = await someone()
})
afterAll(disconnect)

const make = (key: string, title = 'November') => createReport(me.actor, { title, key })
const all = () => db().select().from(reports).where(eq(reports.workspaceId, me.workspaceId))
// What is used, by a use that is never refused and counts one more.
const used = async () => {
  const { used: now } = await consume(me.workspaceId, 1, `look-${Math.random()}`)
  return now - 1
}
function signal(): { give: () => void; given: Promise<void> } {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { give, given }
}
const isBroken = async () => {
  throw new Error('The work failed.')
}

describe('a report', () => {
  test('costs one use, is audited under who made it, and its title stays out of the trail', async () => {
    const report = await make('a')
    expect(report).toMatchObject({ title: 'November', status: 'ready' })
    expect(await used()).toBe(1)
    const trail = await listAudit(`workspace:${me.workspaceId}`)
    expect(trail).toMatchObject([
      { action: 'report.create', actor: me.actor, after: { id: report.id } },
    ])
    expect(JSON.stringify(trail)).not.toContain('November')
  })

  test('that is asked for twenty times at once under one key is one, and costs one', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => make('a')))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(await used()).toBe(1)
    expect(await listAudit(`workspace:${me.workspaceId}`)).toHaveLength(1)
  })

  test('under a key that stands for another is refused, and costs nothing', async () => {
    await make('a')
    await expect(make('a', 'December')).rejects.toThrow(Conflict)
    expect(await all()).toHaveLength(1)
    expect(await used()).toBe(1)
  })

  test('of another workspace may have the same key', async () => {
    const other = await someone()
    await make('a')
    const { id } = await createReport(other.actor, { title: 'Theirs', key: 'a' })
    expect((await recentReports(me.workspaceId)).map((each) => each.id)).not.toContain(id)
  })
})

describe('the limit', () => {
  test('refuses the first report past Free’s uses, and names the least plan that has more', async () => {
    const asked = Array.from({ length: FREE.monthlyUses + 5 }, (_, n) => make(`${n}`))
    const answers = await Promise.allSettled(asked)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(FREE.monthlyUses)
    const refused = answers.find(({ status }) => status === 'rejected')
    expect(refused).toMatchObject({
      reason: expect.objectContaining({
        reason: 'limit_reached',
        needs: expect.objectContaining({ plan: SMALL }),
      }),
    })
    expect(await all()).toHaveLength(FREE.monthlyUses)
    await grantPlan(me.workspaceId, SMALL)
    expect((await make('after')).status).toBe('ready')
  })

  test('on the greatest plan is refused without an offer', async () => {
    await grantPlan(me.workspaceId, GREAT)
    const { limit } = await consume(me.workspaceId, 1, 'one')
    await consume(me.workspaceId, limit - 1, 'rest')
    await expect(make('a')).rejects.toThrow(Forbidden)
  })

  test('that was reached does not keep a report from being asked for again', async () => {
    const { id } = await make('a')
    await consume(me.workspaceId, FREE.monthlyUses - 1, 'rest')
    expect((await make('a')).id).toBe(id)
    await expect(make('b')).rejects.toThrow(PlanRequired)
  })
})

describe('work that fails', () => {
  test('costs nothing, and the same key may try again', async () => {
    const asked = { title: 'November', key: 'a' }
    await expect(createReport(me.actor, asked, isBroken)).rejects.toThrow('The work failed.')
    expect(await all()).toEqual([])
    expect(await used()).toBe(0)
    expect((await make('a')).status).toBe('ready')
  })

  test('between making and counting is picked up by the next try, and counted once', async () => {
    await reserve(me.workspaceId, 1, 'report:a')
    const given = { workspaceId: me.workspaceId, useKey: 'a', title: 'November' }
    const { id } = await ensureReport(given)
    expect(await recentReports(me.workspaceId)).toEqual([])
    expect((await make('a')).id).toBe(id)
    expect(await used()).toBe(1)
  })

  test('beside a try of the same key that succeeds leaves one report that is counted', async () => {
    const asked = { title: 'November', key: 'a' }
    const [reserved, found] = [signal(), signal()]
    const fails = createReport(me.actor, asked, async () => {
      reserved.give()
      await found.given
      return isBroken()
    })
    await reserved.given
    const succeeds = createReport(me.actor, asked, async (given) => {
      found.give()
      // The first try of this key gives its use back, after this one has found it reserved.
      await Promise.allSettled([fails])
      return ensureReport(given)
    })
    const answers = await Promise.allSettled([fails, succeeds])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(await all()).toMatchObject([{ status: 'ready' }])
    expect(await used()).toBe(1)
  })
})
