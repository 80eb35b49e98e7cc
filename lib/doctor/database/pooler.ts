import { type Check, ok, warn } from '@/lib/doctor/check'

/** Behind a pooler in transaction mode nothing of a session lasts, so limits must hang on the role. */
export const pooler: Check = {
  id: 'pooler',
  title: 'Pooler',
  group: 'Postgres',
  after: 'database',
  needs: 'places',
  async look({ database }) {
    const { pooled, statementTimeout } = await database()
    if (!pooled) return ok('none: the connection is direct')
    return statementTimeout === null
      ? warn(
          'between, and nothing ends a statement that hangs: settings of a session are lost there',
          "Set the limits of docs/how-to/behind-a-pooler.md on the role, such as ALTER ROLE … SET statement_timeout = '60s'.",
        )
      : ok(`between, and the role ends a statement after ${statementTimeout}`)
  },
}
