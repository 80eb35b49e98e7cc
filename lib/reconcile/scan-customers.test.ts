import { describe, expect, it } from 'vitest'
import { customer, day, WORKSPACE } from '@/lib/sync/rows.fixture'
import { scanDrift } from './scan-drift'
import { agreed, driftWorld, key, numbers, stateOf } from './shown.fixture'

const never = () => false

describe('records of a customer itself that do not agree with Stripe', () => {
  // breakage: a customer that support made by hand gets its metadata, and no event of that arrives | it is linked by the daily scan; until then it pays and its user has Free
  it('may not know whose a customer is, since its metadata were added later', async () => {
    const { shown, records } = agreed(2)
    records[1] = stateOf(1, {
      customer: customer({ id: key(1), workspaceId: null, claimedWorkspaceId: null }),
      entitlement: null,
    })
    const { ports, recorded } = driftWorld({ shown, records })
    expect(await scanDrift(ports, never)).toMatchObject({ drifted: 1 })
    expect(recorded).toEqual([
      {
        key: 'cus_1',
        differences: [
          {
            before: { customer: 'cus_1', claimedWorkspaceId: null },
            after: { customer: 'cus_1', claimedWorkspaceId: WORKSPACE },
          },
        ],
      },
    ])
  })

  it('may have waited for a workspace that exists by now, and differ by nothing while none does', async () => {
    const { shown, records } = agreed(1)
    const waits = { conflict: 'no_such_workspace', workspaceId: null, id: key(0) } as const
    records[0] = stateOf(0, { customer: customer(waits), entitlement: null })
    expect(await scanDrift(driftWorld({ shown, records }).ports, never)).toMatchObject({
      drifted: 0,
    })
    records[0] = { ...records[0], linkable: true }
    const { ports, recorded } = driftWorld({ shown, records })
    await scanDrift(ports, never)
    expect(recorded).toMatchObject([
      { key: 'cus_0', differences: [{ after: { workspaceId: WORKSPACE } }] },
    ])
  })

  it('may take a customer for missing that Stripe shows again', async () => {
    const { shown, records } = agreed(1)
    records[0] = stateOf(0, { customer: customer({ id: key(0), missingAt: day(-1) }) })
    const { ports, recorded } = driftWorld({ shown, records })
    await scanDrift(ports, never)
    expect(recorded).toMatchObject([
      { key: 'cus_0', differences: [{ after: { missingAt: null } }] },
    ])
  })
})

it('a customer that Stripe is known not to have is not asked for each day', async () => {
  const records = numbers(12).map((n) =>
    stateOf(n, { customer: customer({ id: key(n), missingAt: day(-1) }) }),
  )
  const { ports, recorded, calls } = driftWorld({ shown: [], records })
  expect(await scanDrift(ports, never)).toMatchObject({ drifted: 0, missing: 0, complete: true })
  expect(recorded).toEqual([])
  expect(calls.customers).toBe(0)
})
