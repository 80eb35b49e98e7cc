import { describe, expect, it } from 'vitest'
import { day, NOW, row } from '@/lib/sync/rows.fixture'
import { remembered } from './archive.fixture'
import { scanDrift } from './scan-drift'
import { agreed, driftWorld, key, numbers, PAGE, shownOf, stateOf } from './shown.fixture'

const never = () => false
describe('records that agree with Stripe', () => {
  it('are compared whole, page by page, and no customer is marked', async () => {
    const { ports, recorded, calls } = driftWorld(agreed(3 * PAGE + 1))
    expect(await scanDrift(ports, never)).toEqual({
      compared: 3 * PAGE + 1,
      drifted: 0,
      inFlight: 0,
      missing: 0,
      complete: true,
    })
    expect(recorded).toEqual([])
    expect(calls).toEqual({ pages: 4, customers: 0, events: 0, slices: 1 })
  })

  it('agree when there is nothing at all', async () => {
    const { ports } = driftWorld({ shown: [], records: [] })
    expect(await scanDrift(ports, never)).toMatchObject({ compared: 0, complete: true })
  })

  it('agree when several were bought in the second at which a page ends, by one customer', async () => {
    const together = numbers(2 * PAGE).map((n) =>
      shownOf(n, { customerId: key(0), created: day(-1) }),
    )
    const rows = together.map((each) =>
      row({ id: each.id, customerId: key(0), stripeCreatedAt: day(-1) }),
    )
    const { ports, calls } = driftWorld({
      shown: together,
      records: [stateOf(0, { subscriptions: rows })],
    })
    expect(await scanDrift(ports, never)).toMatchObject({ drifted: 0, missing: 0 })
    expect(calls.customers).toBe(0)
  })

  it('have nothing to say of another application’s subscriptions', async () => {
    const world = agreed(2)
    const foreign = shownOf(7, { metadata: { app: 'othershop', env: null }, status: 'canceled' })
    const { ports } = driftWorld({ ...world, shown: [...world.shown, foreign] })
    expect(await scanDrift(ports, never)).toMatchObject({ compared: 2, drifted: 0 })
  })

  it('may know a subscription on a test clock, which only its customer is shown', async () => {
    const { shown, records } = agreed(2)
    const { ports, calls } = driftWorld({
      shown: shown.slice(1),
      hidden: shown.slice(0, 1),
      records,
    })
    expect(await scanDrift(ports, never)).toMatchObject({ drifted: 0, missing: 0 })
    expect(calls.customers).toBe(1)
  })
})

describe('records that do not', () => {
  it('are marked, with what we had and what is true', async () => {
    const { shown, records } = agreed(2 * PAGE)
    shown[4] = shownOf(4, { cancelAt: day(9) })
    const { ports, recorded } = driftWorld({ shown, records })
    expect(await scanDrift(ports, never)).toMatchObject({ compared: 2 * PAGE, drifted: 1 })
    expect(recorded).toEqual([
      {
        key: 'cus_4',
        differences: [
          {
            before: { subscription: 'sub_4', cancelAt: null },
            after: { subscription: 'sub_4', cancelAt: day(9) },
          },
        ],
      },
    ])
  })

  // breakage: no event arrives of a subscription made in the dashboard | the customer pays and has nothing, until the daily scan
  it('may lack a customer', async () => {
    const { shown, records } = agreed(3)
    const { ports, recorded } = driftWorld({ shown, records: records.slice(1) })
    await scanDrift(ports, never)
    expect(recorded).toMatchObject([{ key: 'cus_0', differences: [{ before: null }] }])
  })

  it('may have a living subscription that Stripe does not show', async () => {
    const { shown, records } = agreed(2 * PAGE)
    const without = shown.filter((each) => each.id !== 'sub_2')
    const { ports, recorded } = driftWorld({ shown: without, records })
    expect(await scanDrift(ports, never)).toMatchObject({ drifted: 1, missing: 1, complete: true })
    expect(recorded).toEqual([
      {
        key: 'cus_2',
        differences: [
          {
            before: { subscription: 'sub_2', status: 'active' },
            after: { subscription: 'sub_2', status: null },
          },
        ],
      },
    ])
  })

  it('may call ours what another application has put its name on', async () => {
    const { shown, records } = agreed(2)
    shown[1] = shownOf(1, { metadata: { app: 'othershop', env: null } })
    expect(await scanDrift(driftWorld({ shown, records }).ports, never)).toMatchObject({
      drifted: 1,
      missing: 1,
    })
  })

  // breakage: STRIPE_SECRET_KEY is another account's | no customer loses anything; the scan stops after ten and says so
  it('by far too many are not believed: the key may be another account’s', async () => {
    const { ports, recorded, calls, saved } = driftWorld({ shown: [], records: agreed(50).records })
    await expect(scanDrift(ports, never)).rejects.toThrow(
      'Is STRIPE_SECRET_KEY of the right account?',
    )
    expect(recorded).toHaveLength(10)
    expect(calls.customers).toBe(10)
    expect(saved).toEqual([])
  })

  it('may give a plan to a user who has no subscription', async () => {
    const { ports, recorded } = driftWorld({
      shown: [],
      records: [stateOf(1, { subscriptions: [] })],
    })
    expect(await scanDrift(ports, never)).toMatchObject({ drifted: 1 })
    expect(recorded).toMatchObject([{ key: 'cus_1', differences: [{ after: { tier: 'free' } }] }])
  })
})

describe('a difference that is no drift', () => {
  const changed = () => {
    const { shown, records } = agreed(2)
    shown[1] = shownOf(1, { cancelAt: day(9) })
    return { shown, records }
  }

  it('is one that another process is about to read', async () => {
    const { ports, recorded } = driftWorld({ ...changed(), busy: ['cus_1'] })
    expect(await scanDrift(ports, never)).toMatchObject({ drifted: 0, inFlight: 1 })
    expect(recorded).toEqual([])
  })

  it('is one that Stripe has just sent a webhook of', async () => {
    const at = (secondsAgo: number) =>
      driftWorld({ ...changed(), events: [remembered(1, secondsAgo, { customerId: 'cus_1' })] })
    expect(await scanDrift(at(60).ports, never)).toMatchObject({ drifted: 0, inFlight: 1 })
    expect(await scanDrift(at(600).ports, never)).toMatchObject({ drifted: 1, inFlight: 0 })
  })

  it('in another customer’s webhook is none of ours', async () => {
    const events = [remembered(1, 60, { customerId: 'cus_0' })]
    expect(await scanDrift(driftWorld({ ...changed(), events }).ports, never)).toMatchObject({
      drifted: 1,
    })
  })
})

describe('a scan that does not come to its end', () => {
  it('goes on where it was, and then begins again', async () => {
    const { ports, calls, saved } = driftWorld(agreed(4 * PAGE))
    let allowed = 2
    const scanned = await scanDrift(ports, () => --allowed < 0)
    expect(scanned).toMatchObject({ compared: 2 * PAGE, complete: false })
    expect(saved.at(-1)?.readTo).toEqual(day(-5))

    // From the one at which it stopped: seven more, and then all of them.
    expect(await scanDrift(ports, never)).toMatchObject({
      compared: 2 * PAGE + 1 + 4 * PAGE,
      complete: true,
    })
    expect(calls.pages).toBe(2 + 3 + 4)
    expect(saved.at(-1)).toEqual({ readTo: null, at: NOW })
  })

  it('has not compared a page when it had no time to ask for all who were missing on it', async () => {
    const { shown, records } = agreed(8)
    const { ports, calls, saved } = driftWorld({ shown: [], hidden: shown, records })
    let allowed = 4
    expect(await scanDrift(ports, () => --allowed < 0)).toMatchObject({ complete: false })
    expect(calls.customers).toBe(3)
    expect(saved).toEqual([])
  })
})

describe('customers who were given a plan and never bought one', () => {
  const given = (n: number) => stateOf(n, { subscriptions: [] })

  it('are found in the last slice of many as in the first, and the next run begins anew', async () => {
    const records = numbers(1_100).map((n) => given(n))
    const { ports, recorded, calls, walk } = driftWorld({ shown: [], records })
    await scanDrift(ports, never)
    expect(recorded).toHaveLength(records.length)
    expect({ slices: calls.slices, walk }).toEqual({ slices: 3, walk: { after: null } })
  })

  it('are looked at from where a run stopped, and those before that by the run after', async () => {
    const { ports, recorded, walk } = driftWorld({ shown: [], records: [given(1), given(2)] })
    walk.after = key(1)
    await scanDrift(ports, never)
    expect(recorded.map((drift) => drift.key)).toEqual([key(2)])
    await scanDrift(ports, never)
    expect(recorded.map((drift) => drift.key)).toEqual([key(2), key(1), key(2)])
  })
})
