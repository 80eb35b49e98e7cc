import type { Mail } from './mail'
import { inAside, inHtml } from './render'
import { type Unsubscribing, unsubscribeUrl } from './unsubscribe-link'

/** The same email with a way to have no more of its kind, for people and for their mail program. */
export function withUnsubscribe(mail: Mail, whose: Unsubscribing): Mail {
  const url = unsubscribeUrl(whose)
  const words = 'You can turn these emails off'
  return {
    ...mail,
    text: `${mail.text}\n${words}:\n${url}\n`,
    html: `${mail.html}${inAside(`<a href="${inHtml(url)}" style="color: inherit">${words}</a>`)}\n`,
    unsubscribe: url,
  }
}
