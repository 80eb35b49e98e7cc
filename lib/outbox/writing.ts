import type { Notice } from '@/lib/events/notification'

/** What an email to a customer is written from. */
export type Writing = { notice: Notice; to: string; now: Date }
