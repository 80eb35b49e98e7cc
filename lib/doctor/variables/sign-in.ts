import { type Check, fail, ok, skip } from '@/lib/doctor/check'
import { CLAIMED, refused } from './claim'

/** Whether there is a way in, and no provider has only half of its pair. */
export const signIn: Check = {
  id: 'sign_in',
  title: 'Ways to sign in',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const { given } = words
    const ways = [
      given.EMAIL_SERVER && 'mail',
      given.AUTH_GITHUB_ID && 'GitHub',
      given.AUTH_GOOGLE_ID && 'Google',
    ].filter(Boolean)
    const wrong = refused(words, CLAIMED.sign_in)
    if (wrong) return wrong
    if (ways.length > 0) return ok(ways.join(', '))
    return given.STRIPE_API_BASE
      ? skip('captured mail and demo users, beside a sandbox')
      : fail(
          'no user can sign in',
          'Set EMAIL_SERVER and EMAIL_FROM, or the ID and the secret of GitHub or Google.',
        )
  },
}
