import { FORM_OWNER, readFormOwner } from '@/lib/auth/form-owner'
import type { UserId } from '@/lib/ids'
import { fieldText } from './form-field'

/** What was typed into a form that was refused, by field: it is put back there, and said nowhere. */
export type Typed = Readonly<Record<string, string>>

/** What was typed into a form, as one text for the note that a refusal leaves, and for whom its page had made it. */
export type Sent = { typed: string; owner: UserId | null }

/**
 * Everything that was typed into these fields of a form. Each has the number of characters that it has room
 * for: a note travels in a cookie. Never name the field of a secret or of a card here.
 */
export function sentWith(
  form: unknown,
  fields: Readonly<Record<string, number>>,
  at: 'own' | 'console' = 'own',
): Sent {
  const given = Object.entries(fields).map(([field, most]) => [
    field,
    (fieldText(form, field) ?? '').slice(0, most),
  ])
  const owner = readFormOwner(fieldText(form, FORM_OWNER), at)
  return { typed: JSON.stringify(Object.fromEntries(given)), owner }
}

/** The same, read back; nothing where there is none. */
export function readTyped(text: string | undefined): Typed {
  if (text === undefined) return {}
  // Sealed by us, and of this version or another.
  const read: unknown = JSON.parse(text)
  if (typeof read !== 'object' || read === null) return {}
  return Object.fromEntries(
    Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
