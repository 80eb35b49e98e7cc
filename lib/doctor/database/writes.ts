import { proveWrites } from '@/db/queries/health'
import { type Check, fail, ok } from '@/lib/doctor/check'
import { failureText } from '@/lib/log'

/** Stores an event and takes it back: a full disk or a server that only reads is found before Stripe gives up. */
export const databaseWrites: Check = {
  id: 'database_writes',
  title: 'An event can be stored',
  group: 'Postgres',
  after: 'migrations',
  needs: 'places',
  async look() {
    try {
      await proveWrites()
      return ok('stored, and taken back')
    } catch (error) {
      return fail(
        failureText(error),
        'Free its disk, let it write, or run `npm run db:grant -- --role NAME` for the role that lacks a right.',
      )
    }
  },
}
