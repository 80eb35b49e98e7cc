import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT, serverScript } from '@/scripts/stack/paths'
import { sandboxNow } from './sandbox'

const DAY_MS = 86_400_000

/**
 * What an operator does with `npm run price:migrate`, for one customer: a new price from the first
 * renewal in 40 days on.
 */
export async function raisePrice(from: string, to: string, customer: string): Promise<void> {
  const on = new Date((await sandboxNow()).getTime() + 40 * DAY_MS).toISOString().slice(0, 10)
  const options = ['--from', from, '--to', to, '--on', on, '--customer', customer, '--yes']
  const [node, ...args] = serverScript('scripts/price-migrate.ts', ...options)
  await promisify(execFile)(node, args, { cwd: ROOT })
}
