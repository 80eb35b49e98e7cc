import { test as base } from '@playwright/test'
import postgres from 'postgres'
import { runDrain } from './pages/records'
import { openMailbox } from './stack/mail'
import { resumeDeliveries } from './stack/sandbox'
import { variable } from './stack/variable'

type Fixtures = {
  /** Waits for the newest unread mail to an address. */
  mailFor: ReturnType<typeof openMailbox>['mailFor']
  /** The app's database, to see what the story left there. */
  sql: postgres.Sql
  /** Runs what the minute cron runs. */
  drain(): Promise<void>
  /** Deliveries go out again after each story, whatever it did to them. */
  deliveriesAtEase: undefined
}

export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's parameter and wants a pattern there; an empty one is a lint error.
  mailFor: async ({ baseURL: _ }, use) => {
    const mailbox = openMailbox()
    await use(mailbox.mailFor)
    await mailbox.close()
  },
  sql: async ({ baseURL: _ }, use) => {
    const sql = postgres(variable('DATABASE_URL'), { max: 2, onnotice: () => {} })
    await use(sql)
    await sql.end({ timeout: 5 })
  },
  drain: async ({ baseURL }, use) => {
    await use(() => runDrain(baseURL))
  },
  deliveriesAtEase: [
    async ({ baseURL: _ }, use) => {
      await use(undefined)
      await resumeDeliveries()
    },
    { auto: true },
  ],
})
