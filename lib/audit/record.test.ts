import { describe, expectTypeOf, it } from 'vitest'
import type { Database, Transaction } from '@/db/client'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import type { recordAudit } from './record'

// Checked by the compiler in `npm run check`: what must not compile.
describe('the types refuse', () => {
  it('an audit row outside of a transaction', () => {
    expectTypeOf<Parameters<typeof recordAudit>[0]>().toEqualTypeOf<Transaction>()
    expectTypeOf<Database>().not.toExtend<Transaction>()
  })

  it('one kind of Stripe id in the place of another', () => {
    expectTypeOf<CustomerId>().not.toExtend<SubscriptionId>()
    expectTypeOf<string>().not.toExtend<CustomerId>()
  })
})
