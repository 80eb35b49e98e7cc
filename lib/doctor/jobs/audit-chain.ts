import { listAnchors } from '@/db/queries/anchors'
import { faultsOfDays } from '@/lib/audit/day-faults'
import { faultText } from '@/lib/audit/fault-text'
import { type Check, fail, ok, skip } from '@/lib/doctor/check'

// The last ones; `npm run audit:verify` goes through all, and through every row.
const DAYS = 2

export const auditChain: Check = {
  id: 'audit_chain',
  title: 'Last day of the audit trail',
  group: 'Work',
  after: 'migrations',
  needs: 'places',
  async look({ env }) {
    const anchors = (await listAnchors()).slice(-DAYS)
    const last = anchors.at(-1)
    if (!last) return skip('no day is anchored yet')
    const [fault] = faultsOfDays(anchors, env.auditSecrets, new Map())
    return fault
      ? fail(
          faultText({ of: 'day', ...fault }),
          'Run `npm run audit:verify`: it names the first row that is not as it was written.',
        )
      : ok(`${last.day}, sealed and as it was written`)
  },
}
