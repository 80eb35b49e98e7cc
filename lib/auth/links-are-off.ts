import { randomUUID } from 'node:crypto'
import { db } from '@/db/client'
import { env } from '@/lib/env'
import { Unavailable } from '@/lib/errors'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/enqueue'
import { renderEmail } from '@/lib/mail/render'
import { METHOD_NAMES } from './method-names'
import type { SignInMethod } from './sign-in-methods'

/**
 * Emails the owner of an address which way does sign in, when they turned links off. The page that asked
 * cannot say it: it would show any visitor that the address has an account.
 */
export async function mailLinksAreOff(to: string, methods: SignInMethod[]): Promise<void> {
  const { host, href } = new URL('/sign-in', env().appUrl)
  const mail = renderEmail({
    to,
    subject: `Sign in to ${host}`,
    paragraphs: [
      `A sign-in link to ${host} was asked for with this address. You turned links by email off, so none was made.`,
      `Sign in with ${methods.map((method) => METHOD_NAMES[method]).join(' or ')}. Links can be turned on again in the settings. If you did not ask for one, ignore this message.`,
    ],
    link: { label: 'Go to the sign-in page', url: href },
  })
  const key = `sign_in_off:${randomUUID()}`
  await enqueueMail(db(), key, mail)
  // As for a link, or an outage of the mail server would show any visitor which addresses have links off.
  if ((await deliverMail(1, { only: key })) === 0) throw new Unavailable('mail_away')
}
