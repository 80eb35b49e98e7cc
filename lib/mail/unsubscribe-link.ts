import { z } from 'zod'
import { env } from '@/lib/env'
import { isUserId, type UserId } from '@/lib/ids'
import { isOptionalEmail, type OptionalEmail } from '@/lib/optional-emails'
import { seal, unseal } from '@/lib/seal'

export type Unsubscribing = { userId: UserId; kind: OptionalEmail }

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
