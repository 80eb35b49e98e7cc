import { type Check, ok, skip, warn } from '@/lib/doctor/check'
import { isLive } from '@/lib/env-given'
import { CLAIMED, refused } from './claim'

/** Whether the secret key moves real money where it should, and only there. */
export const keyMode: Check = {
  id: 'key_mode',
  title: 'Mode of STRIPE_SECRET_KEY',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const { APP_ENV, STRIPE_API_BASE, STRIPE_SECRET_KEY } = words.given
    const wrong = refused(words, CLAIMED.key_mode)
    if (wrong) return wrong
    if (STRIPE_API_BASE) return ok('a test key, at a sandbox')
    if (isLive(STRIPE_SECRET_KEY)) return ok('live')
    return APP_ENV === 'production'
      ? warn(
          'a test key in production: test cards buy real plans here',
          'Give the live key before you sell.',
        )
      : ok('a test key')
  },
}

/** The browser's half must be of the same mode; the start refuses it otherwise. */
export const publishableKey: Check = {
  id: 'publishable_key',
  title: 'Publishable key',
  group: 'Variables',
  needs: 'words',
  look(words) {
    return (
      refused(words, CLAIMED.publishable_key) ??
      (words.given.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY
        ? ok('of the same mode as the secret key')
        : skip('not set, and hosted Checkout needs none'))
    )
  },
}
