import { z } from 'zod'

/** A message as the outbox keeps it. Any reader of `link` can sign in, so it is deleted once the message was sent. */
export type Mail = z.infer<typeof Mail>

export const Mail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** The one thing to click, where there is one. */
  link: z.string().nullable(),
  /** After it the message would only mislead, and is not sent any more; ISO 8601. */
  expiresAt: z.string().nullable(),
  /** Where its kind is turned off, of one that no one is owed; its mail program can post there by itself. */
  unsubscribe: z.string().optional(),
})

/** `outbox.kind` of a message. */
export const MAIL = 'mail'
