import type { Mail } from './mail'
import { inHtml } from './render'

/** The message that carries a sign-in link, as plain text and as simple HTML. */
export function signInMail(given: { to: string; link: string; expires: Date; host: string }): Mail {
  const { to, link, expires, host } = given
  const minutes = 'within 15 minutes'
  const ignore =
    'If you did not ask for it, ignore this message: without the link no one can sign in.'
  return {
    to,
    subject: `Sign in to ${host}`,
    text: `Sign in to ${host}:\n\n${link}\n\nThe link works once, ${minutes}. ${ignore}\n`,
    html: `<p><a href="${inHtml(link)}">Sign in to ${inHtml(host)}</a></p>\n<p>The link works once, ${minutes}. ${ignore}</p>\n`,
    link,
    expiresAt: expires.toISOString(),
  }
}
