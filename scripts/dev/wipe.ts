import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { findPostmaster } from '@/scripts/postgres/pid-file'
import { dataPath } from '@/scripts/stack/paths'

/**
 * Forgets everything that `npm run dev` made in this checkout. Only the owner of its lock may
 * call it; what test runs made beside it stays.
 * @throws when a database server still runs there
 */
export async function wipe(): Promise<void> {
  const deadline = Date.now() + STOPPING_MS
  for (;;) {
    const running = await findPostmaster(dataPath('postgres', 'data'))
    if (running === null) break
    if (Date.now() > deadline) {
      throw new Error(
        `A PostgreSQL (process ${running.pid}) uses ${dataPath('postgres')}. Stop what started it, then try again.`,
      )
    }
    await wait(100)
  }
  for (const name of ['postgres', 'sandbox', 'logs', 'secrets.json', 'environment.json']) {
    rmSync(dataPath(name), { recursive: true, force: true })
  }
}

// The server of a dev that was just killed takes this long at the most to stop.
const STOPPING_MS = 20_000
