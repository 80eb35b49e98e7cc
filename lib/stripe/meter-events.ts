import Stripe from 'stripe'
import { toUnix } from '@/lib/clock'
import type { CustomerId } from '@/lib/ids'
import { callStripe } from './call'

/**
 * Sends a meter what a customer used. Stripe keeps one event for each identifier, and forgets an identifier after a
 * day or more: a process that does not know whether it arrived may send it again within a day, and not later.
 */
export async function createMeterEvent(event: {
  eventName: string
  customerId: CustomerId
  value: number
  /** At most 100 characters. */
  identifier: string
  at: Date
}): Promise<void> {
  const { eventName, customerId, value, identifier, at } = event
  await callStripe(async (stripe) => {
    try {
      // Under no idempotency key of ours: it would have Stripe repeat an outage's answer for a day.
      // The identifier is one.
      await stripe.billing.meterEvents.create({
        event_name: eventName,
        identifier,
        timestamp: toUnix(at),
        payload: { stripe_customer_id: customerId, value: String(value) },
      })
    } catch (error) {
      if (!isKnown(error)) throw error
    }
  })
}

// It was sent before, and the process that sent it did not hear of it. Answers without a code have been seen.
function isKnown(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    (error.code === 'duplicate_meter_event' || /already exists with identifier/.test(error.message))
  )
}

/**
 * What Stripe has summed up of a customer's use in the minute that begins at `from`. Stripe sums up behind the
 * events: what was sent minutes ago may not be in it.
 * @throws {Error} there is no such meter, or it does not add up each event's `value`
 */
export async function readMetered({
  eventName,
  customerId,
  from,
}: {
  eventName: string
  customerId: CustomerId
  from: Date
}): Promise<number> {
  const meter = await findMeter(eventName)
  const { data } = await callStripe((stripe) =>
    stripe.billing.meters.listEventSummaries(meter, {
      customer: customerId,
      start_time: toUnix(from),
      end_time: toUnix(from) + 60,
    }),
  )
  return data.reduce((sum, { aggregated_value: value }) => sum + value, 0)
}

async function findMeter(eventName: string): Promise<string> {
  const meters = await callStripe((stripe) =>
    stripe.billing.meters
      .list({ status: 'active', limit: 100 })
      .autoPagingToArray({ limit: 10_000 }),
  )
  const meter = meters.find(({ event_name }) => event_name === eventName)
  if (!meter) throw new Error(`Stripe has no active meter for the event ${eventName}: make one.`)
  const { default_aggregation, event_time_window, value_settings } = meter
  const sums = default_aggregation.formula === 'sum' && event_time_window === null
  if (!sums || value_settings.event_payload_key !== 'value')
    throw new Error(`Stripe's meter for the event ${eventName} does not add up each event's value.`)
  return meter.id
}
