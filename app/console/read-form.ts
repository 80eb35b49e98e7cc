import { fieldText } from '@/app/form-field'
import { normalizeEmail } from '@/lib/auth/email-address'
import { Invalid, NotFound } from '@/lib/errors'
import { isUserId, type UserId } from '@/lib/ids'
import { parseReason } from '@/lib/operators/reason'

/** Reads whom to appoint, and why. @throws {Invalid} */
export function readAppointment(form: FormData): Look & { email: string } {
  return { email: normalizeEmail(fieldText(form, 'email') ?? ''), ...readLook(form) }
}

/** Reads from whom the role is taken, and why. @throws {Invalid | NotFound} */
export function readRevocation(form: FormData): Look & { userId: UserId } {
  const userId = fieldText(form, 'user')
  if (!isUserId(userId)) throw new NotFound('console_gone')
  return { userId, ...readLook(form) }
}

type Look = { seen: number; reason: string }

// The reason first: it is what a person leaves out.
function readLook(form: FormData): Look {
  const reason = parseReason(fieldText(form, 'reason'))
  return { reason, seen: readSeen(form) }
}

/** Reads how long the chain was when the form was shown. @throws {Invalid} */
export function readSeen(form: FormData): number {
  const seen = Number(fieldText(form, 'seen') ?? Number.NaN)
  if (!Number.isSafeInteger(seen) || seen < 0) throw new Invalid('unknown_form')
  return seen
}
