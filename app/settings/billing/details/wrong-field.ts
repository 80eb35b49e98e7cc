import type { Reason } from '@/lib/refusals/sentences'

export type Field = 'name' | 'email' | 'line1' | 'country' | 'type' | 'value'

// A Map, because most reasons belong to no field.
const FIELDS: ReadonlyMap<Reason, Field> = new Map<Reason, Field>([
  ['billing_name', 'name'],
  ['billing_name_refused', 'name'],
  ['email_malformed', 'email'],
  ['email_letters', 'email'],
  ['billing_email_refused', 'email'],
  ['billing_address', 'line1'],
  ['billing_address_refused', 'line1'],
  ['billing_country', 'country'],
  ['tax_id_type', 'type'],
  ['tax_id_value', 'value'],
  ['tax_id_refused', 'value'],
])

/** The field that a refusal is about, and beside which it is said; null where it is about the whole form. */
export function wrongField(reason: Reason): Field | null {
  return FIELDS.get(reason) ?? null
}
