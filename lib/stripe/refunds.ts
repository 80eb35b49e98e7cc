import { callStripe } from './call'

export type RefundSnapshot = {
  /** The whole of the charge has gone back, by this refund or with earlier ones. */
  wholeCharge: boolean
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveRefund(id: string): Promise<RefundSnapshot> {
  const { charge } = await callStripe((stripe) =>
    stripe.refunds.retrieve(id, { expand: ['charge'] }),
  )
  return { wholeCharge: typeof charge === 'object' && charge?.refunded === true }
}
