import { listSubscriptionsOf } from '@/db/queries/subscriptions'
import { accessOf } from '@/lib/entitlements/access'
import { env } from '@/lib/env'
import { parseCheckoutSessionId } from '@/lib/ids'
import { debitReturnedEmail } from '@/lib/mail/debit-returned-email'
import type { Mail } from '@/lib/mail/mail'
import { retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'
import type { Writing } from './writing'

/** Of the bank debit that a plan was bought with, which came back. */
export async function aboutReturnedDebit({ notification, to, now }: Writing): Promise<Mail> {
  const { objectId, customerId } = notification
  const [session, rows] = await Promise.all([
    retrieveCheckoutSession(parseCheckoutSessionId(objectId)),
    customerId ? listSubscriptionsOf(customerId) : [],
  ])
  // They may have paid another way by now.
  const hasPlan = rows.some((row) => accessOf(row, now) !== 'none')
  return debitReturnedEmail({ to, session, hasPlan, appUrl: env().appUrl })
}
