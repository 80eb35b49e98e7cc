import { BRAND } from '@/lib/brand'
import { formatDay } from '@/lib/day'
import type { Mail } from './mail'
import { renderEmail } from './render'

/**
 * The last email: an account is deleted, what that ended, and what the law has us keep. It is written before the
 * address is erased, and nothing of it can be looked up afterwards.
 */
export function accountDeletedEmail(given: {
  to: string
  deletedAt: Date
  /** A plan that ended with it; null where there was none. */
  plan: string | null
  appUrl: string
}): Mail {
  const { to, deletedAt, plan, appUrl } = given
  return renderEmail({
    to,
    subject: `Your ${BRAND.name} account is deleted`,
    paragraphs: [
      `Your account was deleted on ${formatDay(deletedAt)}, as you asked.`,
      plan
        ? `${plan} ended with it, and nothing more is charged.`
        : 'Nothing is charged for it any more.',
      'Your name and your address are erased from our records. What was paid stays in the accounts, without them.',
    ],
    link: { label: `Go to ${BRAND.name}`, url: appUrl },
  })
}
