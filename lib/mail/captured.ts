import { listEntries } from '@/db/queries/outbox'
import { env } from '@/lib/env'
import { MAIL, Mail } from './mail'

export type CapturedMail = Mail & { id: string; at: Date }

/** What would have been sent, newest first; always empty where mail really goes out. */
export async function listCapturedMail(limit = 50): Promise<CapturedMail[]> {
  const { email, devTools } = env()
  if (email.server || !devTools) return []
  const outbox = await listEntries(MAIL, limit)
  return outbox.map(({ key, payload, createdAt }) => ({
    id: key,
    at: createdAt,
    ...Mail.parse(payload),
  }))
}
