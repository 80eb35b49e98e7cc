import { fieldText } from './form-field'

/** What was typed into a form that was refused, by field: it is put back there, and said nowhere. */
export type Typed = Readonly<Record<string, string>>

/**
 * Everything that was typed into these fields, as one text for the note that a refusal leaves. Each has the
 * number of characters that it has room for: a note travels in a cookie.
 */
export function typedText(form: FormData, fields: Readonly<Record<string, number>>): string {
  const given = Object.entries(fields).map(([field, most]) => [
    field,
    (fieldText(form, field) ?? '').slice(0, most),
  ])
  return JSON.stringify(Object.fromEntries(given))
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
