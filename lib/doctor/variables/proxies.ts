import { type Check, ok, skip, warn } from '@/lib/doctor/check'
import { isVercel } from '@/lib/env-given'
import { CLAIMED, refused } from './claim'

export const proxies: Check = {
  id: 'proxies',
  title: 'TRUSTED_PROXIES',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const wrong = refused(words, CLAIMED.proxies)
    if (wrong) return wrong
    if (isVercel(words.given)) return ok('the edge of Vercel is known')
    if (words.given.TRUSTED_PROXIES) return ok('given')
    return words.given.APP_ENV === 'production'
      ? warn(
          'not set: behind a proxy, all visitors share one limit of sign-ins',
          'Say how many proxies stand before this server, or name their networks; 0 where there is none.',
        )
      : skip('not set, and visitors come from this machine')
  },
}
