import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '@/scripts/stack/paths'
import { control } from './sandbox'

const DAY = 86_400

/** What an operator does with `npm run price:migrate`, for one customer: a new price from the first renewal in 40 days on. */
export async function raisePrice(from: string, to: string, customer: string): Promise<void> {
  // By the sandbox's clock, which other stories move.
  const { now } = await control('GET', '/_sandbox/health')
  const on = new Date((now + 40 * DAY) * 1_000).toISOString().slice(0, 10)
  const options = ['--from', from, '--to', to, '--on', on, '--customer', customer, '--yes']
  const runtime = ['--conditions=react-server', '--import', 'tsx', 'scripts/price-migrate.ts']
  await promisify(execFile)(process.execPath, [...runtime, ...options], { cwd: ROOT })
}
