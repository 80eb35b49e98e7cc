import { type Check, fail, ok, skip } from '@/lib/doctor/check'
import { CLAIMED, refused } from './claim'

/** Signs sign-ins, and seals the audit trail where AUDIT_SECRET is not given. */
export const authSecret: Check = {
  id: 'auth_secret',
  title: 'AUTH_SECRET',
  group: 'Variables',
  needs: 'words',
  look: (words) =>
    refused(words, CLAIMED.auth_secret) ?? ok('drawn at random, as far as can be seen'),
}

export const cronSecret: Check = {
  id: 'cron_secret',
  title: 'CRON_SECRET',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const wrong = refused(words, CLAIMED.cron_secret)
    if (wrong) return wrong
    if (words.given.CRON_SECRET) return ok('drawn at random, as far as can be seen')
    return words.given.APP_ENV === 'production'
      ? fail('not set: no scheduled job may run', 'Set one: `openssl rand -base64 33`.')
      : skip('not set, and jobs are scheduled in production alone')
  },
}

export const webhookSecret: Check = {
  id: 'webhook_secret',
  title: 'STRIPE_WEBHOOK_SECRET',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const count = words.given.STRIPE_WEBHOOK_SECRET?.split(',').length ?? 0
    return (
      refused(words, CLAIMED.webhook_secret) ??
      ok(count > 1 ? `${count}, while one is rotated` : 'one')
    )
  },
}
