import { type LeftOut, noteLeftOut } from '@/db/queries/revenue-left-out'
import { failureText, log } from '@/lib/log'

/**
 * Counts what was left out of the revenue, until nothing is due or the time is up. Never throws: what is left
 * waits for the next time, and the health check says when it waits too long.
 * @param spent whether the time is up
 * @returns how many were counted
 */
export async function noteAllLeftOut(spent: () => boolean): Promise<number> {
  let noted = 0
  try {
    for (let said: LeftOut = 'noted'; said !== 'none' && !spent(); ) {
      said = await noteLeftOut()
      if (said === 'noted') noted += 1
    }
  } catch (error) {
    log.error({ error: failureText(error) }, 'what was left out of the revenue was not looked at')
  }
  if (noted > 0) log.info({ noted }, 'counted what had been left out of the revenue')
  return noted
}
