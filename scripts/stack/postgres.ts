import { startPostgres } from '@/scripts/postgres/start'
import { exitMessage, type Part } from './part'

/** The embedded PostgreSQL, with its data in `dir`. */
export async function embedPostgres(options: {
  dir: string
  port?: number
  durable?: boolean
  settings?: Readonly<Record<string, string>>
}): Promise<Part & { url: string }> {
  const { url, exited, stop } = await startPostgres(options)
  return {
    name: 'Database',
    note: 'PostgreSQL 18, embedded',
    url,
    env: { DATABASE_URL: url, DIRECT_DATABASE_URL: url },
    ended: exitMessage('The database', exited, () => `see server.log in ${options.dir}`),
    stop,
  }
}
