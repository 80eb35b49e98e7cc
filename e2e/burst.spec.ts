import { expect } from '@playwright/test'
import { test } from './fixtures'
import { SMALL } from './pages/plans'
import { allIsDrained, auditOf, withoutFirstFree } from './pages/records'
import { control, deliverAgain, pauseDeliveries, resumeDeliveries } from './stack/sandbox'
import { attach, give, newCustomer, type Person } from './stack/subscriptions'
import { variable } from './stack/variable'

// What is on record about each of them, by name.
const BOUGHT = ['customer.link', 'entitlement.change', 'invoice.paid', 'subscription.start']

// Thousands at once, over a thousand customers and over one, are `npm run test:burst`.
test('what twelve customers did while nothing was delivered comes at once: each delivery is answered 200 at the first try, and each plan is on, once', async ({
  context,
  sql,
}) => {
  const people: Person[] = []
  await pauseDeliveries()
  for (let n = 0; n < 12; n += 1) {
    const person = await newCustomer(context, sql, variable('BASE_URL'))
    await attach(person, 'pm_card_visa')
    await give(person, SMALL.lookupKeys.month)
    people.push(person)
  }
  await resumeDeliveries()
  await allIsDrained(sql)

  const customers = people.map(({ customer }) => customer)
  const events = await sql<{ id: string }[]>`
    select e.id from webhook_events e where e.customer_id = any(${customers})`
  expect(events.length).toBeGreaterThanOrEqual(5 * people.length)
  const answers = await answersTo(new Set(events.map(({ id }) => id)))
  expect(answers).toEqual(Array.from(answers, () => 200))
  expect(answers).toHaveLength(events.length)

  const once = await Promise.all(people.map(({ id }) => written(id)))
  expect(once).toEqual(people.map(() => BOUGHT))

  await test.step('what comes again changes nothing', async () => {
    for (const { id } of events.slice(0, 20)) expect(await deliverAgain(id)).toEqual([200])
    await allIsDrained(sql)
    expect(await Promise.all(people.map(({ id }) => written(id)))).toEqual(once)
  })

  async function written(id: string) {
    return withoutFirstFree(await auditOf(sql, `${id}@example.test`)).toSorted()
  }
})

/** The status of each attempt to deliver one of these events. */
async function answersTo(events: Set<string>): Promise<number[]> {
  const { data } = await control('GET', '/_sandbox/deliveries')
  const attempts: { event: string; status: number }[] = data
  return attempts.filter(({ event }) => events.has(event)).map(({ status }) => status)
}
