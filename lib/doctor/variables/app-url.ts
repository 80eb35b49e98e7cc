import { type Check, ok, warn } from '@/lib/doctor/check'
import { hostOf, isLoopback } from '@/lib/env-hosts'
import { CLAIMED, refused } from './claim'

export const appUrl: Check = {
  id: 'app_url',
  title: 'APP_URL',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const host = hostOf(words.given.APP_URL)
    const deployed = /^(preview|production)$/.test(words.given.APP_ENV ?? '')
    return (
      refused(words, CLAIMED.app_url) ??
      (deployed && host && isLoopback(host)
        ? warn(
            'names this machine, which no other machine reaches',
            'Give the public address, such as https://app.example.com.',
          )
        : ok(words.given.APP_URL ?? 'the address that Vercel gives'))
    )
  },
}
