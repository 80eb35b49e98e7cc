import { env } from '@/lib/env'
import { isUserId, type UserId } from '@/lib/ids'
import { seal, unseal } from '@/lib/seal'

/** The hidden field that says for whom a page made its form. */
export const FORM_OWNER = 'owner'

// A form of the console is one that only an operator was shown.
type Area = 'own' | 'console'

/**
 * Whose form it is, in a text that only this application can have written: it is known when the session that the
 * form was opened with has ended. It opens nothing: what a form does is asked of the session alone.
 */
export function sealFormOwner(userId: UserId, at: Area = 'own'): string {
  return seal(userId, sealing(at))
}

/** For whom a page of ours made a form; null when none of them did. */
export function readFormOwner(text: string | undefined, at: Area = 'own'): UserId | null {
  const owner = text === undefined ? null : unseal(text, sealing(at), 0)
  return isUserId(owner) ? owner : null
}

// Always of the same instant: a page may stay open for days, and is the same form when it is loaded again.
function sealing(at: Area) {
  return { purpose: 'form', secret: env().auth.secret, owner: at, now: 0 }
}
