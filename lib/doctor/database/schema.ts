import { type Check, fail, ok } from '@/lib/doctor/check'
import { schemaOf } from '@/lib/env-schema'

/** Which schema the application works in: in another one its names may be another application's tables. */
export const databaseSchema: Check = {
  id: 'schema',
  title: 'Schema',
  group: 'Postgres',
  after: 'database',
  needs: 'places',
  async look({ database, env }) {
    const wanted = schemaOf(env.databaseUrl)
    const { schema } = await database()
    if (schema === wanted) return ok(wanted)
    return schema === null
      ? fail(`${wanted} is not there`, 'Run `npm run db:migrate`, which makes it.')
      : fail(
          `${schema}, and DATABASE_SCHEMA says ${wanted}`,
          'A pooler drops what a connection asks for: run `npm run db:grant -- --role NAME` for the role of DATABASE_URL, then restart the pooler.',
        )
  },
}
