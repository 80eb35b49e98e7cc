import type { Calls } from './app'

/** The webhooks of the second version of the API, which send thin events. */
export async function callDestinations(stripe: Parameters<Calls>[0]['stripe']) {
  const { eventDestinations } = stripe.v2.core
  const made = await eventDestinations.create({
    name: 'The app',
    type: 'webhook_endpoint',
    event_payload: 'thin',
    enabled_events: ['v1.customer.subscription.active'],
    webhook_endpoint: { url: 'http://127.0.0.1:9/thin' },
    include: ['webhook_endpoint.signing_secret'],
  })
  await eventDestinations.retrieve(made.id, { include: ['webhook_endpoint.url'] })
  await eventDestinations.update(made.id, { description: 'Thin', metadata: { of: 'app' } })
  await eventDestinations.disable(made.id)
  await eventDestinations.enable(made.id)
  await eventDestinations.list({ limit: 5 })
  await eventDestinations.del(made.id)
}
