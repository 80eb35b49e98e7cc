import { z } from 'zod'
import {
  type CustomerId,
  isCustomerId,
  isSubscriptionId,
  isWorkspaceId,
  type SubscriptionId,
  type WorkspaceId,
} from '@/lib/ids'
import { isNotificationKind, type NotificationKind } from './notifications'

/** What was done with money that came for a plan that had ended. */
export type LateMoneyDid = (typeof DID)[number]

const DID = ['refunded', 'restarted', 'kept'] as const

/** An email to be sent about a fact. What it says is written when it goes out. */
export type Notification = z.infer<typeof Notification>

export const Notification = z.object({
  /** Its own in the outbox, which is made of the fact's. */
  key: z.string(),
  /** The fact's kind, which is its event's type where an event reported it. */
  kind: z.custom<NotificationKind>(isNotificationKind, 'No email is sent about this.'),
  objectId: z.string(),
  customerId: z.custom<CustomerId>(isCustomerId).nullable(),
  /** Of a workspace that may have no customer yet. */
  workspaceId: z.custom<WorkspaceId>(isWorkspaceId).nullish(),
  /** When the usage period that it is about is over; ISO 8601. */
  periodEnd: z.string().nullish(),
  /** What was open when a subscription ended: it is closed by the time this is written. */
  open: z.object({ amount: z.int(), currency: z.string() }).nullish(),
  /** What became of that. */
  openInvoices: z.enum(['void', 'write_off', 'leave']).nullish(),
  did: z.enum(DID).nullish(),
  /** The subscription that late money has started. */
  restartedAs: z.custom<SubscriptionId>(isSubscriptionId).nullish(),
})
