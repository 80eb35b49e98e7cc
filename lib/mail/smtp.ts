import { isIP } from 'node:net'
import { SMTPClient } from 'emailjs'
import type { Mail } from './mail'

// A visitor may be waiting for the page that says: look into your mail.
const DEADLINE_MS = 8000

/**
 * Sends one message through `smtps://user:password@host:port`, or through plain `smtp://` on this
 * machine; the environment admits no other. STARTTLS is not spoken: emailjs would accept any
 * certificate after it.
 * @throws when the server refuses, cannot be trusted, or has not taken the message by the deadline
 */
export async function sendBySmtp(
  server: string,
  from: string,
  mail: Mail,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const client = new SMTPClient(connection(new URL(server), deadlineMs))
  const message = {
    from,
    to: mail.to,
    subject: mail.subject,
    ...unsubscribing(mail),
    text: mail.text,
    attachment: [{ data: mail.html, alternative: true }],
  }
  const deadline = startDeadline(deadlineMs)
  try {
    await Promise.race([client.sendAsync(message), deadline.passed])
  } finally {
    deadline.stop()
    // Destroys it: one that is only ended stays open for as long as the server likes.
    client.smtp.close(true)
  }
}

// RFC 8058: with both, a mail program has a button of its own that turns the emails off at a press.
function unsubscribing({ unsubscribe }: Mail) {
  if (!unsubscribe) return {}
  return {
    'list-unsubscribe': `<${unsubscribe}>`,
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  }
}

// emailjs has only a limit on silence, which a server that keeps talking never reaches.
function startDeadline(ms: number) {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_, reject) => {
    const late = `The mail server did not take the message within ${ms / 1000} seconds.`
    timer = setTimeout(() => reject(new Error(late)), ms)
  })
  return { passed, stop: () => clearTimeout(timer) }
}

function connection(url: URL, deadlineMs: number) {
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot unsay it.
    ssl: secure && { rejectUnauthorized: true, ...(isIP(host) ? {} : { servername: host }) },
    tls: false,
    // Never first: the deadline's sentence is the better one.
    timeout: deadlineMs * 2,
    ...(url.username ? credentials(url) : {}),
  }
}

function credentials({ username, password }: URL) {
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
}
