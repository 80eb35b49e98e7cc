import { eq } from 'drizzle-orm'
import { inTransaction } from '@/db/client'
import { ingestEvents } from '@/db/queries/ingest-events'
import { syncTargets } from '@/db/schema/events'
import { anEvent, oneCustomer } from '@/lib/sync/one-customer.fixture'
import type { Race } from './race'
import { isThroughAtOnce } from './waiting'

const race = {
  in: 'ingest_event',
  /** Two events in one statement, while another transaction has the customer of one of them. */
  async run() {
    const [held, free] = [await oneCustomer(), await oneCustomer()]
    await Promise.all([held.ingest(), free.ingest()])
    const events = [held, free].map(({ customerId: targetKey }) => ({ ...anEvent(), targetKey }))
    return inTransaction(async (tx) => {
      const mine = eq(syncTargets.key, held.customerId)
      await tx.select().from(syncTargets).where(mine).for('update')
      const both = ingestEvents(events)
      if (!(await isThroughAtOnce(both))) return 'The statement waits for a lock.'
      const outcomes = (await both).map((answer) => answer?.outcome ?? 'left out')
      return `${outcomes}` === 'left out,new' ? null : `They are ${outcomes}.`
    })
  },
} as const

/** What keeps the events of one statement from each other. */
export const INGEST_RACES: readonly Race[] = [
  {
    ...race,
    so: 'of several events in a statement none waits for a customer that another transaction has',
    from: / SKIP LOCKED/,
    to: '',
  },
  {
    ...race,
    so: 'one whose customer another transaction has does not fail the others',
    from: / ON CONFLICT \(key\) DO NOTHING/,
    to: '',
  },
  {
    ...race,
    so: 'no event is stored whose customer is not marked',
    from: /RETURN NULL;/,
    to: 'NULL;',
  },
]
