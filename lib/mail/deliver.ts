import { db } from '@/db/client'
import {
  type ClaimedEntry,
  claimEntries,
  markDelivered,
  markEntryFailed,
} from '@/db/queries/outbox'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { MAIL, Mail } from './mail'
import { sendBySmtp } from './smtp'

type Options = {
  /** Only the mail under this key. */
  only?: string
  /** What a mail that has waited says by now; null when there is nothing to say any more. */
  rewrite?: (key: string, mail: Mail) => Promise<Mail | null>
}

/**
 * Sends what is due in the outbox and answers how many messages went. Without a mail
 * server, a development or test installation captures them instead (see `listCapturedMail`),
 * and any other leaves them where they are.
 */
export async function deliverMail(limit = 20, { only, rewrite }: Options = {}): Promise<number> {
  const { email, devTools } = env()
  if (!email.server && !devTools) return 0
  const due = await claimEntries(MAIL, limit, only)
  const sent = await Promise.all(due.map((entry) => deliver(entry, rewrite)))
  return sent.filter(Boolean).length
}

async function deliver(entry: ClaimedEntry, rewrite: Options['rewrite']): Promise<boolean> {
  const { key } = entry
  const written = Mail.parse(entry.payload)
  const { server, from } = env().email
  let sent = written
  if (server === null) return capture(key, written)
  try {
    const mail = rewrite && hasWaited(entry) ? await rewrite(key, written) : written
    if (!mail || entry.isOver) {
      await markDelivered(db(), key, emptied(written, '(not sent: it was over)'))
      log.warn({ entry: key }, 'mail not sent: what it announces is over')
      return false
    }
    sent = mail
    await sendBySmtp(server, from, mail)
  } catch (error) {
    // Mail servers like to quote the address, which belongs in no log.
    const reason = String(error).replaceAll(written.to, '…').replaceAll(sent.to, '…')
    await markEntryFailed(key, reason)
    log.error({ entry: key, reason }, 'mail not sent; it will be tried again')
    return false
  }
  // What went, which may say something else than what was written first.
  await markDelivered(db(), key, withoutContent(entry, sent))
  return true
}

// What an email says is true when it is written. After this long the customer may have paid, or the plan
// may have ended.
const FRESH_MS = 10 * 60_000

function hasWaited({ attempts, age }: ClaimedEntry): boolean {
  return attempts > 1 || age > FRESH_MS
}

async function capture(key: string, mail: Mail): Promise<boolean> {
  await markDelivered(db(), key)
  // Written past the log, which keeps addresses and links out of itself.
  if (env().appEnv === 'development' && mail.link) {
    process.stdout.write(`\n  Mail for ${mail.to}: ${mail.subject}\n  ${mail.link}\n\n`)
  }
  return true
}

// The outbox keeps that it was sent, and to which address; a leaked table must not let an attacker sign in or open an
// invoice. What was written to a customer about their plan operators read again in the console, without its link.
function withoutContent({ targetKey }: ClaimedEntry, mail: Mail): Mail {
  if (targetKey === null) return emptied(mail, '(sent)')
  return emptied(mail, mail.link ? mail.text.replaceAll(mail.link, '(link)') : mail.text)
}

function emptied({ to, subject, expiresAt }: Mail, text: string): Mail {
  return { to, subject, text, html: '', link: null, expiresAt }
}
