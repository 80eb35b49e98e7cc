import { describe, expect, it } from 'vitest'
import { STATUSES } from '@/lib/status'
import { day, row } from '@/lib/sync/rows.fixture'
import { duplicatesOf, isLiving } from './duplicates'

const old = row({ id: 'sub_old', stripeCreatedAt: day(-30) })
const second = row({ id: 'sub_new', stripeCreatedAt: day(-1) })
const ids = (rows: Parameters<typeof duplicatesOf>[0]) => duplicatesOf(rows).map(({ id }) => id)

describe('a second subscription of one customer', () => {
  it('is the one that was made later, in whatever order Stripe lists them', () => {
    expect(ids([old, second])).toEqual(['sub_new'])
    expect(ids([second, old])).toEqual(['sub_new'])
  })

  it('made in the same second is the same one for every reader', () => {
    const twin = row({ ...second, id: 'sub_new2' })
    expect(ids([second, twin])).toEqual(ids([twin, second]))
  })

  it('is none beside one that has ended, or that never began', () => {
    expect(ids([{ ...old, status: 'canceled', endedAt: day(-1) }, second])).toEqual([])
    expect(ids([old, { ...second, status: 'incomplete' }])).toEqual([])
    expect(ids([second])).toEqual([])
    const unstarted = { ...old, owes: 'first', payment: 'void' } as const
    expect(ids([unstarted, second])).toEqual([])
  })

  it('may be one of three', () => {
    const third = row({ id: 'sub_third', stripeCreatedAt: day(0) })
    expect(ids([third, second, old])).toEqual(['sub_new', 'sub_third'])
  })
})

it('what may take money lives, whatever it grants; a word that Stripe adds later, too', () => {
  const living = [...STATUSES, 'unknown' as const].filter((status) => isLiving(row({ status })))
  expect(living).toEqual(['active', 'trialing', 'past_due', 'unpaid', 'paused', 'unknown'])
})
