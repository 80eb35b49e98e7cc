import { API_VERSION } from '@/sandbox/settings'
import type { Calls } from './app'
import { callDestinations } from './destinations'

/** What belongs to the account: itself, its webhooks in both forms, and what happened. */
export const callAccount: Calls = async ({ stripe }) => {
  await stripe.accounts.retrieveCurrent()
  const endpoint = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/webhook',
    enabled_events: ['invoice.paid'],
    api_version: API_VERSION,
    description: 'The app',
  })
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true })
  await stripe.webhookEndpoints.retrieve(endpoint.id)
  await stripe.webhookEndpoints.list({ limit: 16 })
  await stripe.webhookEndpoints.del(endpoint.id)
  await callDestinations(stripe)
  const [event] = (await stripe.events.list({ limit: 1 })).data
  await stripe.events.retrieve(event?.id ?? '')
  await stripe.events.list({
    types: ['invoice.paid', 'customer.subscription.updated'],
    delivery_success: true,
    created: { gte: 1 },
    ending_before: event?.id ?? '',
    limit: 100,
  })
}
