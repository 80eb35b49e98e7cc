import 'server-only'
import { type Store, store } from './client'
import { LocalWindows } from './local-windows'

/**
 * Whether this process is the one that does something in these `seconds`: of all that ask, one
 * gets yes. It only saves work that is safe to do twice: without Redis each process takes its own turns.
 */
export async function takeTurn(
  { namespace, name, seconds }: { namespace: string; name: string; seconds: number },
  redis: Store = store(),
  now: number = performance.now(),
): Promise<boolean> {
  const key = `${namespace}:turn:${name}`
  // Asked of ourselves first: a busy process would ask Redis a thousand times for the same no.
  if (windows.hit(key, seconds, now).count > 1) return false
  const answer = await redis.ask((client) => client.set(key, 1, { nx: true, ex: seconds }))
  return answer.ok ? answer.value !== null : true
}

const windows = new LocalWindows()
