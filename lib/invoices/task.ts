import { z } from 'zod'
import type { Transaction } from '@/db/client'
import {
  type CustomerId,
  type InvoiceId,
  isCustomerId,
  isInvoiceId,
  isSubscriptionId,
  type SubscriptionId,
} from '@/lib/ids'

const customerId = z.custom<CustomerId>(isCustomerId)
const invoiceId = z.custom<InvoiceId>(isInvoiceId)
const subscriptionId = z.custom<SubscriptionId>(isSubscriptionId)

/** What has to be done at Stripe about an ended subscription's money, as the outbox keeps it. */
export const Task = z.discriminatedUnion('task', [
  // It has ended, or asks for money all the same: whatever is open is closed.
  z.object({ task: z.literal('settle'), subscriptionId, customerId }),
  // One invoice of it.
  z.object({ task: z.literal('settle_invoice'), invoiceId, customerId }),
  // An invoice was paid, perhaps one of an ended subscription.
  z.object({ task: z.literal('late_payment'), invoiceId, customerId }),
])

export type Task = z.infer<typeof Task>
export type TaskOf<Kind extends Task['task']> = Extract<Task, { task: Kind }>

/** What a task leaves to be written with its "done": both commit, or neither. */
export type Leaves = (tx: Transaction) => Promise<void>
