import { createHash } from 'node:crypto'
import type { EmailConfig } from 'next-auth/providers/email'
import { db } from '@/db/client'
import { env } from '@/lib/env'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/enqueue'
import { signInMail } from '@/lib/mail/sign-in-email'
import { normalizeEmail } from './email-address'

/** Whether a link can reach anybody: by mail, or captured beside a sandbox. */
export function canSendLinks(): boolean {
  return env().email.server !== null || env().devTools
}

/** Signing in with a link by mail, as next-auth knows a provider. */
export const magicLink = {
  id: 'email',
  type: 'email',
  name: 'E-mail',
  // Seconds. Long enough to find the mail, short enough that an old mailbox opens nothing.
  maxAge: 15 * 60,
  normalizeIdentifier: normalizeEmail,
  sendVerificationRequest: (request: SignInRequest) => {
    const sending = send(request)
    // next-auth looks at this promise only after another step. Until then a failure would count as one
    // that nobody handles, and be printed whole, with the address.
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
  // Not behind whatever else waits, nor in the place of whoever sends that.
  await deliverMail(1, { only: key })
}

type SignInRequest = { identifier: string; url: string; token: string; expires: Date }
