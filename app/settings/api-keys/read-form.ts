import { fieldText } from '@/app/form-field'
import type { NewApiKey } from '@/lib/api-keys/create'
import { LIFETIMES } from '@/lib/api-keys/lifetimes'
import { Invalid, NotFound } from '@/lib/errors'

/** Reads what a new key is for and how long it lasts. @throws {Invalid} */
export function readNewKey(form: FormData): NewApiKey {
  const name = fieldText(form, 'name')?.replace(/\s+/g, ' ').trim() ?? ''
  if (!NAME.test(name)) throw new Invalid('api_key_name', { name: '1 to 60 characters.' })
  const given = fieldText(form, 'days')
  const days = LIFETIMES.find((each) => lifetimeValue(each) === given)
  if (days === undefined) throw new Invalid('api_key_lifetime', { days: 'Not one of these.' })
  const once = fieldText(form, 'form') ?? ''
  if (!FORM.test(once)) throw new Invalid('not_a_form')
  return { name, days, form: once }
}

/** A lifetime as the form sends it. */
export function lifetimeValue(days: NewApiKey['days']): string {
  return days === null ? 'never' : `${days}`
}

/** Reads which key is meant. @throws {NotFound} there can be none */
export function readKeyId(form: FormData): string {
  const id = fieldText(form, 'key')
  if (id === undefined || !UUID.test(id)) throw new NotFound('api_key_gone')
  return id
}

// Anything but what draws nothing, turns the line around, or is half a character.
const NAME = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,60}$/u

// 32 random bytes, as the page writes them.
const FORM = /^[\w-]{43}$/

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
