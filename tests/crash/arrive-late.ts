import { setTimeout as wait } from 'node:timers/promises'
import type { Server } from '@/tests/harness/server'
import type { Death } from './run-scenario'

// A database on this machine answers in milliseconds.
const PATIENCE_MS = 10_000

/**
 * Lets the commits go on their way that dead servers left on the wire, long after others have read
 * and written, and waits for what the database says to them.
 * @returns a sentence for each that was not refused; empty when the fence held
 */
export async function arriveLate(servers: Server[], deaths: Death[]): Promise<string[]> {
  const late = deaths.filter(({ point, problem }) => point.last === 'late' && problem === null)
  const answers: string[] = []
  for (const server of servers) {
    server.watch(({ what, way, text }) => {
      if (what === 'apply_sync' && way === 'down') answers.push(text)
      return undefined
    })
  }
  for (const { release } of late) release()
  const deadline = Date.now() + PATIENCE_MS
  while (answers.length < late.length && Date.now() < deadline) await wait(20)
  for (const server of servers) server.watch(null)
  const missing = late.length - answers.length
  return [
    ...(missing > 0 ? [`${missing} late commits were not answered.`] : []),
    ...answers.filter((text) => !REFUSED.test(text)).map(() => 'A late commit was taken.'),
  ]
}

const REFUSED = /"applied": ?false/
