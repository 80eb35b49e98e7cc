import { randomUUID } from 'node:crypto'
import { count, eq } from 'drizzle-orm'
import { makeReport } from '@/app/reports/actions'
import { db } from '@/db/client'
import { reports } from '@/db/schema/reports'
import { readBilling } from '@/lib/billing/read'
import { visitor } from '@/tests/mutations/people'
import type { Row } from '@/tests/mutations/row'
import { trailOf } from '@/tests/mutations/trail-of'

/** What the example's own form does. */
export const REPORT_ROWS: Record<string, Row> = {
  'app/reports/actions.ts makeReport': {
    async open() {
      const who = await visitor()
      const made = () =>
        db().select({ n: count() }).from(reports).where(eq(reports.workspaceId, who.workspaceId))
      const used = async () => (await readBilling(who.workspaceId)).usage.used
      return {
        ...{ who, fields: { title: 'November', key: randomUUID() } },
        stands: async () => ({ made: await made(), used: await used(), did: await trailOf(who) }),
      }
    },
    press: makeReport,
    done: /^\/reports\?done=made&/,
    after: { made: [{ n: 1 }], used: 1 },
    back: '/reports',
    typed: ['title'],
    outsider: /done=made/,
    asksNothing: true,
  },
}
