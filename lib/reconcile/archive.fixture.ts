import type { NewEvent } from '@/db/queries/ledger'
import type { Progress } from '@/db/queries/reconcile'
import type { EventId } from '@/lib/ids'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import { claim, NOW } from '@/lib/sync/rows.fixture'
import type { BackfillPorts } from './ports'

/** An event that Stripe remembers, so many seconds before NOW. */
export function remembered(
  n: number,
  secondsAgo: number,
  over: Partial<VerifiedEvent> = {},
): VerifiedEvent {
  return {
    id: `evt_${n}`,
    type: 'invoice.paid',
    created: new Date(NOW.getTime() - secondsAgo * 1000),
    livemode: false,
    account: null,
    apiVersion: '2026-10-28.endive',
    objectType: 'invoice',
    objectId: `in_${n}`,
    customerId: 'cus_ada',
    chargeId: null,
    attempt: 1,
    metadataApp: null,
    metadataEnv: null,
    payload: '{}',
    ...over,
  }
}

/** Stripe's archive and an inbox, in memory. It lists as Stripe does: the newest, so many, of these types. */
export function archive(events: VerifiedEvent[]) {
  const inbox = new Map<EventId, NewEvent>()
  const leases = new Set<string>()
  const saved: Progress[] = []
  const calls: { seconds: number; types: readonly string[]; listed: number }[] = []
  let now = NOW
  const ports: BackfillPorts = {
    stripe: {
      async listEvents({ since, until, types = [], limit = 10_000 }) {
        // As numbers: a comparison of instants takes ten times as long, and there are millions.
        const [from, to] = [since.getTime(), until.getTime()]
        const isListed = (at: number) => at >= from && at <= to
        const listed = events
          .filter(({ created, type }) => isListed(created.getTime()) && types.includes(type))
          .toSorted((a, b) => b.created.getTime() - a.created.getTime())
          .slice(0, limit)
        const seconds = (until.getTime() - since.getTime()) / 1000 + 1
        calls.push({ seconds, types, listed: listed.length })
        return listed.reverse()
      },
    },
    inbox: {
      listStored: async (ids) => new Set(ids.filter((id) => inbox.has(id))),
      async ingestEvent(event) {
        if (inbox.has(event.id)) return { outcome: 'duplicate', state: 'pending', claim: null }
        inbox.set(event.id, event)
        const key = event.targetKey
        const free = key !== null && !leases.has(key)
        if (free) leases.add(key)
        return { outcome: 'new', state: 'pending', claim: free ? claim({ key }) : null }
      },
      async releaseTarget({ key }) {
        leases.delete(key)
      },
    },
    place: {
      find: async () => saved.at(-1) ?? null,
      async save(progress) {
        saved.push(progress)
      },
    },
    clock: { now: () => now },
    sleep: async () => {},
    appEnv: 'test',
    livemode: false,
  }
  return {
    ports,
    inbox,
    leases,
    saved,
    calls,
    later(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds)
    },
  }
}
