import type { BrowserContext } from '@playwright/test'
import type postgres from 'postgres'
import { signedInPerson } from './callers'
import { control } from './sandbox'

/** A person whose customer at Stripe is made as support makes one, and who is signed in here. */
export type Person = { id: string; customer: string }

/** Signs a new person in within this browser, with a customer at Stripe and nothing bought. */
export async function newCustomer(
  context: BrowserContext,
  sql: postgres.Sql,
  base: string,
): Promise<Person> {
  const { id, cookie } = await signedInPerson(sql, null)
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: base }])
  const { id: customer } = await post('/v1/customers', {
    email: `${id}@example.test`,
    ...{ 'metadata[app]': 'ledgerline', 'metadata[env]': 'test', 'metadata[workspace_id]': id },
  })
  return { id, customer }
}

/** Puts one of Stripe's test cards on file, or one with a date of its own. */
export async function attach({ customer }: Person, card: string | Record<string, string>) {
  const made = typeof card === 'string' ? { id: card } : await post('/v1/payment_methods', card)
  const { id } = await post(`/v1/payment_methods/${made.id}/attach`, { customer })
  const field = 'invoice_settings[default_payment_method]'
  await post(`/v1/customers/${customer}`, { [field]: id })
  return id
}

/** Subscribes a customer to what holds a lookup key. */
export async function give(
  { customer }: Person,
  lookupKey: string,
  more: Record<string, string> = {},
) {
  const { data } = await control('GET', `/v1/prices?lookup_keys[0]=${lookupKey}`)
  return post('/v1/subscriptions', {
    ...{ customer, 'items[0][price]': data[0].id },
    ...{ 'metadata[app]': 'ledgerline', 'metadata[env]': 'test' },
    ...more,
  })
}

export function post(path: string, fields: Record<string, string>) {
  return control('POST', path, new URLSearchParams(fields))
}

/** What Stripe does after a charge has failed, and how often it is tried again. */
export async function setRetries(settings: { after_retries: string; retry_days: number[] }) {
  await control('POST', '/_sandbox/settings', settings)
}
