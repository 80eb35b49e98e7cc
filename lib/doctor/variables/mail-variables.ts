import { type Check, ok, skip } from '@/lib/doctor/check'
import { CLAIMED, refused } from './claim'

export const mailVariables: Check = {
  id: 'mail_variables',
  title: 'EMAIL_SERVER and EMAIL_FROM',
  group: 'Variables',
  needs: 'words',
  look(words) {
    return (
      refused(words, CLAIMED.mail_variables) ??
      (words.given.EMAIL_SERVER ? ok('set') : skip('not set: no mail is sent'))
    )
  },
}
