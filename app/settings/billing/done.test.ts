import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { MONTHLY } from '@/app/dev/states/subscribers'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { formatMoney } from '@/lib/money'
import { type Done, doneText, readDone } from './done'

const NAME = ENTRY_PLAN.name
const said = (done: Done, name: string) => {
  const found = STATES.find((each) => each.name === name)
  return found ? doneText(done, found.billing) : undefined
}

test('what was asked for is said to be done where it is so', () => {
  expect(said('canceled', 'active, ending')).toBe(
    `Canceled. ${NAME} stays on until December 23, 2026.`,
  )
  expect(said('canceled', 'canceled')).toBe('Your plan is canceled.')
  expect(said('kept', 'active')).toBe(`You keep ${NAME}.`)
  expect(said('paid', 'active')).toBe(`Paid. ${NAME} is on.`)
  expect(said('paused', 'active, collection paused until a day')).toBe(`${NAME} is set to pause.`)
  expect(said('resumed', 'active')).toBe(`${NAME} goes on.`)
  expect(said('on_its_way', 'past_due, in grace')).toContain('was not charged again')
  expect(said('ordered', 'past_due, and a bank debit for it is on its way')).toContain(
    `Your bank was asked for ${formatMoney(MONTHLY)}, `,
  )
  expect(said('looked', 'active')).toBe('This page shows what Stripe says now.')
  expect(said('looked', 'A status that Stripe may add one day')).toContain('still reports')
  expect(said('waits', 'active, waiting for the payment of a better plan')).toContain(
    `You are on ${NAME} until it arrives.`,
  )
})

test('a made-up address shows nothing that is untrue', () => {
  expect(said('canceled', 'active')).toBeNull()
  expect(said('kept', 'active, ending')).toBeNull()
  expect(said('paid', 'past_due, in grace')).toBeNull()
  expect(said('paused', 'active')).toBeNull()
  expect(said('on_its_way', 'canceled')).toBeNull()
  expect(said('resumed', 'paused')).toBeNull()
  expect(said('ordered', 'past_due, in grace')).toBeNull()
  expect(said('waits', 'active')).toBeNull()
  expect(said('paid', 'Stripe out of reach')).toBeNull()
  expect(said('looked', 'Stripe out of reach')).toBeNull()
  expect(readDone('<b>paid</b>')).toBeNull()
  expect(readDone(undefined)).toBeNull()
})
