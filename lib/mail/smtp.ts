import { SMTPClient } from 'emailjs'
import type { Mail } from './mail'

/**
 * Sends one message through `smtp://user:password@host:port`, or `smtps://` for a port that
 * speaks TLS from the first byte. Plain `smtp` starts TLS before it says anything, except to this machine.
 */
export async function sendBySmtp(server: string, from: string, mail: Mail): Promise<void> {
  const client = new SMTPClient(connection(new URL(server)))
  try {
    await client.sendAsync({
      from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      attachment: [{ data: mail.html, alternative: true }],
    })
  } finally {
    client.smtp.close()
  }
}

function connection(url: URL) {
  const ssl = url.protocol === 'smtps:'
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (ssl ? 465 : 587),
    ssl,
    tls: !ssl && !local,
    // Somebody may be waiting for the page that says: look into your mail.
    timeout: 8000,
    ...(url.username ? credentials(url) : {}),
  }
}

function credentials({ username, password }: URL) {
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
}
