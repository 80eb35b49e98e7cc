import { type Check, fail, ok } from '@/lib/doctor/check'

export const migrations: Check = {
  id: 'migrations',
  title: 'Migrations',
  group: 'Postgres',
  after: 'schema',
  needs: 'places',
  async look({ records }) {
    const facts = await records()
    const fix = 'Run `npm run db:migrate`.'
    if (!facts) return fail('the tables are not there', fix)
    return facts.migrated
      ? ok('all applied')
      : fail('the code knows one that the database does not', fix)
  },
}
