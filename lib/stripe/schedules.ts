import { callStripe } from './call'

/** Ends a schedule and leaves its subscription as it is now. */
export async function releaseSchedule(id: string): Promise<void> {
  await callStripe((stripe) => stripe.subscriptionSchedules.release(id))
}
