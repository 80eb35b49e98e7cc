import { type Check, ok, skip, warn } from '@/lib/doctor/check'
import { CLAIMED, refused } from './claim'

export const adminEmails: Check = {
  id: 'admin_emails',
  title: 'ADMIN_EMAILS',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const wrong = refused(words, CLAIMED.admin_emails)
    if (wrong) return wrong
    const count = (words.given.ADMIN_EMAILS ?? '').split(',').filter((one) => one.trim()).length
    if (count > 0) return ok(`${count} ${count === 1 ? 'operator' : 'operators'}`)
    return words.given.APP_ENV === 'production'
      ? warn(
          'not set: no operator hears of disputes and lost payments',
          'Name who operates this, by email address.',
        )
      : skip('not set, and this place has no operator')
  },
}
