import { db } from '@/db/client'
import {
  type ClaimedEffect,
  claimEffects,
  markDelivered,
  markEffectFailed,
} from '@/db/queries/effects'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { MAIL, Mail } from './mail'
import { sendBySmtp } from './smtp'

/**
 * Sends what is due in the outbox and answers how many messages went. Without a mail
 * server, a development or test installation captures them instead (see `listCapturedMail`),
 * and any other leaves them where they are.
 */
export async function deliverMail(limit = 20): Promise<number> {
  const { email, showcase } = env()
  if (!email.server && !showcase) return 0
  const due = await claimEffects(MAIL, limit)
  const sent = await Promise.all(due.map(deliver))
  return sent.filter(Boolean).length
}

async function deliver({ key, payload, isOver }: ClaimedEffect): Promise<boolean> {
  const mail = Mail.parse(payload)
  const { server, from } = env().email
  if (server === null) return capture(key, mail)
  if (isOver) {
    await markDelivered(db(), key, withoutContent(mail))
    log.warn({ effect: key }, 'mail not sent: what it announces is over')
    return false
  }
  try {
    await sendBySmtp(server, from, mail)
  } catch (error) {
    // Mail servers like to quote the address, which belongs in no log.
    const reason = String(error).replaceAll(mail.to, '…')
    await markEffectFailed(key, reason)
    log.error({ effect: key, reason }, 'mail not sent; it will be tried again')
    return false
  }
  await markDelivered(db(), key, withoutContent(mail))
  return true
}

async function capture(key: string, mail: Mail): Promise<boolean> {
  await markDelivered(db(), key)
  // Written past the log, which keeps addresses and links out of itself.
  if (env().appEnv === 'development' && mail.link) {
    process.stdout.write(`\n  Mail for ${mail.to}: ${mail.subject}\n  ${mail.link}\n\n`)
  }
  return true
}

// The outbox remembers that and to whom; a table that leaks must sign nobody in.
function withoutContent({ to, subject, expiresAt }: Mail): Mail {
  return { to, subject, text: '(sent)', html: '', link: null, expiresAt }
}
