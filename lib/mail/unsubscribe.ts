import { z } from 'zod'
import { env } from '@/lib/env'
import { isUserId, type UserId } from '@/lib/ids'
import { isOptionalEmail, type OptionalEmail } from '@/lib/optional-emails'
import { seal, unseal } from '@/lib/seal'
import type { Mail } from './mail'
import { inAside, inHtml } from './render'

export type Unsubscribing = { userId: UserId; kind: OptionalEmail }

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

/** Works without signing in and never ends: an email may be opened years later. Looking at it changes nothing. */
export function unsubscribeUrl(whose: Unsubscribing): string {
  return `${env().appUrl}/api/emails/unsubscribe?token=${seal(whose, sealing())}`
}

/** Whose emails of which kind a link turns off; null when we did not make it. */
export function readUnsubscribe(token: string): Unsubscribing | null {
  return Sealed.safeParse(unseal(token, sealing(), 0)).data ?? null
}

// Always of the same instant, so that it is of no age.
function sealing() {
  return { purpose: 'unsubscribe', secret: env().auth.secret, owner: '', now: 0 }
}

// Zod's type for a check of our own is what the check says.
const Sealed = z.object({
  userId: z.custom<UserId>(isUserId),
  kind: z.custom<OptionalEmail>(isOptionalEmail),
})
