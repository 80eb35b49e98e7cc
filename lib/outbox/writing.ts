import type { Notification } from '@/lib/events/notification'

/** What an email to a customer is written from. `now`: business time. */
export type Writing = { notification: Notification; to: string; now: Date }
