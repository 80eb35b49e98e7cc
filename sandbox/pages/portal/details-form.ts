import type { PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { emailError } from '@/sandbox/pages/email'

/** The fields of the billing information form, as typed. */
export type Details = Record<
  'name' | 'email' | 'phone' | 'line1' | 'line2' | 'city' | 'state' | 'postal_code' | 'country',
  string
>

export type DetailsErrors = Partial<Record<keyof Details, string>>

/** Reads the form; what it does not hold is empty. */
export function readDetails(form: URLSearchParams): Details {
  const text = (name: keyof Details) => form.get(name)?.trim() ?? ''
  return {
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    line1: text('line1'),
    line2: text('line2'),
    city: text('city'),
    state: text('state'),
    postal_code: text('postal_code'),
    country: text('country'),
  }
}

/** What is wrong with the fields that this portal lets a customer change. */
export function detailsErrors(input: Details, allowed: readonly string[]): DetailsErrors {
  const email = allowed.includes('email') ? emailError(input.email) : null
  // Stripe keeps at most 20 characters of a phone number.
  const phone = allowed.includes('phone') && !/^[+\d\s().-]{0,20}$/.test(input.phone)
  return {
    ...(email && { email }),
    ...(phone && { phone: 'Write the phone number with digits, for example +1 555 0100.' }),
  }
}

/** The fields as they are now. */
export function currentDetails({ customer }: PortalView): Details {
  const { name, email, phone, address } = customer
  return {
    name: name ?? '',
    email: email ?? '',
    phone: phone ?? '',
    line1: address?.line1 ?? '',
    line2: address?.line2 ?? '',
    city: address?.city ?? '',
    state: address?.state ?? '',
    postal_code: address?.postal_code ?? '',
    country: address?.country ?? '',
  }
}

/** What to change: only fields that are allowed and differ, so that saving the same emits no event. */
export function detailsChange(input: Details, current: Details, allowed: readonly string[]) {
  const changed = (name: keyof Details) => input[name] !== current[name]
  const { name, email, phone, line1, line2, city, state, postal_code, country } = input
  const address = {
    line1: line1 || null,
    line2: line2 || null,
    city: city || null,
    state: state || null,
    postal_code: postal_code || null,
    country: country || null,
  }
  return {
    ...(allowed.includes('name') && changed('name') && { name }),
    ...(allowed.includes('email') && changed('email') && { email }),
    ...(allowed.includes('phone') && changed('phone') && { phone }),
    ...(allowed.includes('address') && ADDRESS.some(changed) && { address }),
  }
}

const ADDRESS = ['line1', 'line2', 'city', 'state', 'postal_code', 'country'] as const
