import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import { comingStrip } from './coming-strip'

const of = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return comingStrip(found.billing)
}

test('a change that is planned says to what, when, and what stands until then', () => {
  expect(of('active, a smaller plan is planned')).toEqual({
    kind: 'planned',
    title: `Changes to ${ENTRY_PLAN.name} monthly on November 23, 2027.`,
    detail: `Until that day you keep ${TOP_PLAN.name} as it is.`,
  })
})

test('a change to a price of three months says so, and not by the month', () => {
  const { billing } = STATES.find(({ name }) => name === 'active, a smaller plan is planned') ?? {}
  if (billing?.next.kind !== 'charge' || !billing.next.coming) throw new Error('Nothing follows.')
  const coming = { ...billing.next.coming, interval: null, recurrence: 'every 3 months' }
  expect(comingStrip({ ...billing, next: { ...billing.next, coming } })?.title).toBe(
    `Changes to ${ENTRY_PLAN.name}, billed every 3 months, on November 23, 2027.`,
  )
})

test('an upgrade that waits for its payment is not called done, and says until when', () => {
  expect(of('active, an upgrade waits for its payment')).toMatchObject({
    kind: 'waits',
    title: `${TOP_PLAN.name} waits for its payment.`,
    detail: expect.stringContaining(`Until it is paid you are on ${ENTRY_PLAN.name}.`),
  })
})

test('where nothing follows nothing is said', () => {
  expect(of('active')).toBeNull()
  expect(of('Never bought')).toBeNull()
})

test('another price is not called another plan, and says from when it is charged and how not to pay it', () => {
  const { billing } = STATES.find(({ name }) => name === 'active, a smaller plan is planned') ?? {}
  if (billing?.next.kind !== 'charge' || !billing.next.coming) throw new Error('Nothing follows.')
  const coming = { ...billing.next.coming, kind: 'price', tier: billing.tier } as const
  const strip = comingStrip({ ...billing, next: { ...billing.next, coming } })
  expect(strip?.title).toBe(`The price of ${TOP_PLAN.name} changes on November 23, 2027.`)
  expect(strip?.detail).toContain('If you cancel or choose another plan before')
})
