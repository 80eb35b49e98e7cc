import { createHash } from 'node:crypto'
import { AuthError } from 'next-auth'
import type { EmailConfig } from 'next-auth/providers/email'
import { db } from '@/db/client'
import { env } from '@/lib/env'
import { Unavailable } from '@/lib/errors'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/enqueue'
import { signInMail } from '@/lib/mail/sign-in-email'
import { normalizeEmail } from './email-address'

/** Signing in with a link by mail, as next-auth knows a provider. */
export const magicLink = {
  id: 'email',
  type: 'email',
  name: 'Email',
  // Seconds. Long enough to find the mail, short enough that an old mailbox opens nothing.
  maxAge: 15 * 60,
  normalizeIdentifier: normalizeEmail,
  sendVerificationRequest: (request: SignInRequest) => {
    const sending = send(request)
    // next-auth looks at this promise only after another step. Until then a failure would count as an
    // unhandled rejection, and be printed whole, with the address.
    sending.catch(() => {})
    return sending
  },
} satisfies EmailConfig

async function send({ identifier, url, token, expires }: SignInRequest): Promise<void> {
  // Built from APP_URL alone: the request's Host is the sender's to choose, and would carry the key away.
  const link = new URL('/sign-in/link', env().appUrl)
  link.search = new URL(url).search
  const mail = signInMail({ to: identifier, link: link.href, expires, host: link.host })
  const key = `sign_in:${createHash('sha256').update(token).digest('hex')}`
  await enqueueMail(db(), key, mail)
  // Not behind whatever else waits, nor in place of the process that sends that.
  if ((await deliverMail(1, { only: key })) === 0) throw new MailNotSent()
}

// next-auth passes only its own errors on to the page that asked for the link. The mail stays in the
// outbox, and its link works when it arrives.
class MailNotSent extends AuthError {
  override readonly name = 'MailNotSent'
  static type = 'EmailSignInError'
  constructor() {
    super('The sign-in mail was not sent.', { cause: { err: new Unavailable('mail_away') } })
  }
}

type SignInRequest = { identifier: string; url: string; token: string; expires: Date }
