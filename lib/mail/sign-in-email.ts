import type { Mail } from './mail'
import { inButton, inHtml, inLayout } from './render'

/** The message that carries a sign-in link, as plain text and as HTML that says the same. */
export function signInMail(given: { to: string; link: string; expires: Date; host: string }): Mail {
  const { to, link, expires, host } = given
  const minutes = 'within 15 minutes'
  const ignore =
    'If you did not ask for it, ignore this message: without the link no one can sign in.'
  const subject = `Sign in to ${host}`
  const body = [
    inButton({ label: subject, url: link }),
    `<p style="margin: 20px 0 0">The link works once, ${minutes}. ${inHtml(ignore)}</p>`,
  ]
  return {
    to,
    subject,
    text: `Sign in to ${host}:\n\n${link}\n\nThe link works once, ${minutes}. ${ignore}\n`,
    html: inLayout({ subject, body }),
    link,
    expiresAt: expires.toISOString(),
  }
}
