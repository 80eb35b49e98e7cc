import type { Check } from '@/lib/doctor/check'
import { judgeClock } from '@/lib/doctor/judge-clock'

export const databaseClock: Check = {
  id: 'database_clock',
  title: 'Clock, against Postgres',
  group: 'Postgres',
  after: 'database',
  needs: 'places',
  look: async ({ database }) => judgeClock((await database()).aheadMs, 'the database'),
}
