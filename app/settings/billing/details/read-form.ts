import { fieldText } from '@/app/form-field'
import { normalizeEmail } from '@/lib/auth/email-address'
import { ADDRESS_PARTS, type BillingAddress, type BillingDetails } from '@/lib/billing-address'
import { COUNTRIES } from '@/lib/countries'
import { TAX_ID_TYPES } from '@/lib/customers/tax-id-types'
import type { NewTaxId } from '@/lib/customers/tax-ids'
import { Invalid } from '@/lib/errors'

/** Characters of a line. What was typed goes into a cookie when it is refused, which must not be too long for one. */
export const LONGEST = { name: 100, email: 254, line: 100, taxId: 60 } as const

/** The fields of what stands on invoices, each with the number of characters that it has room for. */
export const ROOM: Readonly<Record<string, number>> = {
  ...{ name: LONGEST.name, email: LONGEST.email },
  ...Object.fromEntries(ADDRESS_PARTS.map((part) => [part, LONGEST.line])),
}

/** Reads what is to stand on invoices. @throws {Invalid} with the reason that belongs to a field */
export function readDetailsForm(form: FormData): BillingDetails {
  const name = text(form, 'name')
  if (name.length > LONGEST.name) throw new Invalid('billing_name')
  const email = normalizeEmail(text(form, 'email'))
  const parts = ADDRESS_PARTS.map((part) => [part, text(form, part)] as const)
  if (parts.some(([, value]) => value.length > LONGEST.line)) throw new Invalid('billing_address')
  // Exactly the parts of an address, by their own list.
  const address = Object.fromEntries(parts) as BillingAddress
  const isEmpty = parts.every(([, value]) => value === '')
  if (!isEmpty && !COUNTRIES.some(({ code }) => code === address.country))
    throw new Invalid('billing_country')
  return { name, email, address }
}

/** Reads a tax id that is to be added. @throws {Invalid} with the reason that belongs to a field */
export function readTaxIdForm(form: FormData): NewTaxId {
  const type = text(form, 'type')
  if (!TAX_ID_TYPES.some((each) => each.type === type)) throw new Invalid('tax_id_type')
  const value = text(form, 'value')
  if (!/^[\p{L}\p{N}+*/. -]{1,60}$/u.test(value)) throw new Invalid('tax_id_value')
  const cause = text(form, 'cause')
  if (!/^[0-9a-f-]{36}$/.test(cause)) throw new Invalid('unknown_form')
  return { type, value, cause }
}

/** Reads which tax id is meant. @throws {Invalid} */
export function readTaxIdChoice(form: FormData): string {
  const id = text(form, 'id')
  if (/^(txi|atxi)_[A-Za-z0-9]{1,250}$/.test(id)) return id
  throw new Invalid('unknown_form')
}

// What draws nothing, or is half a character, is no part of an address.
function text(form: FormData, name: string): string {
  const given = fieldText(form, name) ?? ''
  return given
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
