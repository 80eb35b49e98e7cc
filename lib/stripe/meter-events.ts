import Stripe from 'stripe'
import { toUnix } from '@/lib/clock'
import type { CustomerId } from '@/lib/ids'
import { callStripe } from './call'

/**
 * Sends a meter a customer's use. Stripe keeps one event for each identifier, so that a process that does
 * not know whether it arrived may send it again within a day.
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
      await stripe.billing.meterEvents.create(
        {
          event_name: eventName,
          identifier,
          timestamp: toUnix(at),
          payload: { stripe_customer_id: customerId, value: String(value) },
        },
        { idempotencyKey: `meter:${identifier}` },
      )
    } catch (error) {
      if (!isKnown(error)) throw error
    }
  })
}

// It was sent before, and the process that sent it died before writing that down.
function isKnown(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === 'duplicate_meter_event'
  )
}
