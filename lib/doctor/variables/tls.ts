import { type Check, ok, warn } from '@/lib/doctor/check'
import { CLAIMED, refused } from './claim'

/** Whether certificates are checked; if not, an attacker on the network could pass for Stripe. */
export const tls: Check = {
  id: 'tls',
  title: 'Certificates of others',
  group: 'Variables',
  needs: 'words',
  look(words) {
    const off = words.given.NODE_TLS_REJECT_UNAUTHORIZED === '0'
    return (
      refused(words, CLAIMED.tls) ??
      (off
        ? warn(
            'not checked: NODE_TLS_REJECT_UNAUTHORIZED is 0',
            'Remove it; NODE_EXTRA_CA_CERTS adds an authority of your own.',
          )
        : ok('checked'))
    )
  },
}
