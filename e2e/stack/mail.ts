import { expect } from '@playwright/test'
import postgres from 'postgres'
import { variable } from './variable'

export type CapturedMail = { key: string; to: string; subject: string; text: string; link: string }

/**
 * Reads the outbox, where a stack without a mail server keeps what it would have sent.
 * @returns a function that waits for the newest mail to an address which it has not given out yet
 */
export function openMailbox() {
  const sql = postgres(variable('DATABASE_URL'), { max: 1, onnotice: () => {} })
  const given: string[] = ['']
  const find = (to: string) => sql<CapturedMail[]>`
    select key, payload ->> 'to' as to, payload ->> 'subject' as subject,
      payload ->> 'text' as text, payload ->> 'link' as link
    from outbox
    where kind = 'mail' and lower(payload ->> 'to') = ${to.toLowerCase()} and key not in ${sql(given)}
    order by created_at desc
    limit 1`
  return {
    async mailFor(to: string): Promise<CapturedMail> {
      let mail: CapturedMail | undefined
      await expect(async () => {
        ;[mail] = await find(to)
        expect(mail, `a mail to ${to}`).toBeDefined()
      }).toPass({ timeout: 10_000, intervals: [50] })
      if (!mail) throw new Error(`No mail to ${to}.`)
      given.push(mail.key)
      return mail
    },
    close: () => sql.end({ timeout: 5 }),
  }
}
