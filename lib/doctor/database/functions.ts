import { type Check, fail, ok, skip } from '@/lib/doctor/check'

/** Whether the SQL functions are those of this code: one may have been replaced by hand. */
export const functions: Check = {
  id: 'functions',
  title: 'SQL functions',
  group: 'Postgres',
  after: 'migrations',
  needs: 'places',
  async look({ database, functions: texts }) {
    if (!texts) return skip('db/functions is not at hand')
    const { functions: held } = await database()
    const wanted = texts.flatMap(bodiesIn)
    const other = wanted.filter(({ name, body }) => !held.get(name)?.includes(body))
    const names = [...new Set(other.map(({ name }) => name))]
    return names.length === 0
      ? ok(`${wanted.length}, as in db/functions`)
      : fail(
          `not as in db/functions: ${names.join(', ')}`,
          'Run `npm run db:migrate`. If it finds nothing to do, one was replaced by hand: as the owner, SET search_path = the schema, pg_temp, and run its file of db/functions.',
        )
  },
}

// A file may hold several. Their bodies are what Postgres keeps, character for character.
function bodiesIn(text: string): { name: string; body: string }[] {
  const made = text.matchAll(/CREATE OR REPLACE FUNCTION (\w+)[\s\S]*?AS \$\$([\s\S]*?)\$\$/g)
  return [...made].map(([, name = '', body = '']) => ({ name, body }))
}
