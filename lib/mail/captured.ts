import { listEffects } from '@/db/queries/effects'
import { env } from '@/lib/env'
import { MAIL, Mail } from './mail'

export type CapturedMail = Omit<Mail, 'html'> & { id: string; at: Date }

/** What would have been sent, newest first; always empty where mail really goes out. */
export async function listCapturedMail(limit = 50): Promise<CapturedMail[]> {
  const { email, showcase } = env()
  if (email.server || !showcase) return []
  const effects = await listEffects(MAIL, limit)
  return effects.map(({ key, payload, createdAt }) => {
    const { html: _, ...mail } = Mail.parse(payload)
    return { id: key, at: createdAt, ...mail }
  })
}
