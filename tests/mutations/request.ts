import { AsyncLocalStorage } from 'node:async_hooks'
import { CookieJar } from '@/app/cookie-jar.fixture'

/** The cookies of the request that runs: two that run at once have each their own. */
export const jars = new AsyncLocalStorage<CookieJar>()

export function currentJar(): CookieJar {
  return jars.getStore() ?? new CookieJar()
}
