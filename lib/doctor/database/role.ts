import { type Check, ok, skip, warn } from '@/lib/doctor/check'

/** Whether the role that the application works as can change what happened. */
export const databaseRole: Check = {
  id: 'database_role',
  title: 'Rights of the role',
  group: 'Postgres',
  after: 'migrations',
  needs: 'places',
  async look({ database, env }) {
    const { canRewrite } = await database()
    if (!canRewrite) return ok('cannot rewrite the audit trail')
    return env.appEnv === 'production'
      ? warn(
          'can rewrite the audit trail',
          'Make a role that cannot: `npm run db:grant -- --role app`, and give its address as DATABASE_URL.',
        )
      : skip('the owner, which is fine outside of production')
  },
}
