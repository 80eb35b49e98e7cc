import { expect, it } from 'vitest'
import { invoice, snapshot } from '@/lib/sync/rows.fixture'
import { isUnstartedAtStripe } from './unstarted'

const voided = invoice({ reason: 'first', status: 'void', paid: 0, missing: 1900, share: 0 })

it('a subscription whose first debit came back never began', () => {
  expect(isUnstartedAtStripe(snapshot({ invoices: [voided] }))).toBe(true)
})

it('one for which money came after all is never ended by us, though it pays no period', () => {
  const seat = invoice({ id: 'in_2', reason: 'change', total: 100, paid: 100 })
  expect(isUnstartedAtStripe(snapshot({ invoices: [seat, voided] }))).toBe(false)
})
