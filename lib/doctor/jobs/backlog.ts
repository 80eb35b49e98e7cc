import type { HealthFacts } from '@/db/queries/health'
import { type Check, fail, ok, skip } from '@/lib/doctor/check'
import type { Places } from '@/lib/doctor/places'
import { judge } from '@/lib/health/judge'

type Watched =
  | ('targets_due' | 'targets_parked' | 'events_dead' | 'customers')
  | ('outbox' | 'revenue' | 'uses' | 'cursor')

/** What waits longer than it should, by the same bounds as /api/health. */
export const backlog: readonly Check[] = [
  of('targets_due', 'Customers to be read again', {
    good: ({ dueFor }) => waiting(dueFor),
    bad: ({ dueFor }) => `one has been due for ${age(dueFor)}`,
    fix: 'The drain does not run, or Stripe does not answer: look at the heartbeat of the drain, and at `sync failed` in its log.',
  }),
  of('targets_parked', 'Customers that cannot be read', {
    good: () => 'none',
    bad: () => 'one has failed twelve times and more',
    fix: '`last_error` of its row in sync_targets says why; it is still tried.',
  }),
  of('events_dead', 'Events that were given up', {
    good: () => 'none',
    bad: () => 'there is one: its fact is missing',
    fix: '`last_error` of its row in webhook_events says why. Then `npm run event:replay -- evt_…`.',
  }),
  of('customers', 'Customers are at Stripe', {
    good: () => 'all who have a plan',
    bad: () => 'one with a living plan is not there',
    fix: '`npm run customers` names it. If it is all of them, the key is of another account.',
  }),
  of('outbox', 'Emails that wait', {
    good: ({ outboxFor }) => waiting(outboxFor),
    bad: ({ outboxFor }) => `one has waited for ${age(outboxFor)}`,
    fix: '`last_error` of its row in outbox says why. Without EMAIL_SERVER nothing goes out.',
  }),
  of('revenue', 'Revenue that was left out', {
    good: ({ revenueFor }) => waiting(revenueFor),
    bad: ({ revenueFor, unread }) =>
      unread
        ? 'something could not be read, and is in no figure'
        : `one has waited for ${age(revenueFor)} to be counted`,
    fix: '/console/stuck says which and why. What waits is noted again by the drain; of what could not be read, replay the event once this version can. Access does not depend on it.',
  }),
  of('uses', 'Uses that Stripe takes no more', {
    good: () => 'none',
    bad: () => 'there are some, older than 35 days and not billed',
    fix: '/console/outbox names them: bill them by hand or let them be, and close them there.',
  }),
  of('cursor', 'Look for lost events', {
    good: ({ cursorAge }) => (cursorAge === null ? 'not begun' : `${age(cursorAge)} ago`),
    bad: ({ cursorAge }) => `it has not moved for ${age(cursorAge)}`,
    fix: 'Look at the heartbeat of the backfill: its `last_error` says why it fails.',
  }),
]

function of(
  id: Watched,
  title: string,
  said: { good(facts: HealthFacts): string; bad(facts: HealthFacts): string; fix: string },
): Check {
  return {
    id,
    title,
    group: 'Work',
    after: 'migrations',
    needs: 'places',
    look: (places) => look(id, said, places),
  }
}

async function look(
  id: Watched,
  said: { good(facts: HealthFacts): string; bad(facts: HealthFacts): string; fix: string },
  { records, late }: Places,
) {
  const facts = await records()
  if (!facts) return skip('the tables are not there')
  const seen = { kind: 'facts', facts, writes: true } as const
  const { checks } = judge({ records: seen, redis: true, refused: false }, late)
  if (checks[id] === 'off') return skip('no scheduler runs it here')
  return checks[id] === 'ok' ? ok(said.good(facts)) : fail(said.bad(facts), said.fix)
}

function waiting(milliseconds: number | null): string {
  return milliseconds === null || milliseconds < 0 ? 'none waits' : `one, for ${age(milliseconds)}`
}

/** A time in words: 40 s, 12 min, 3 h, 2 days. */
export function age(milliseconds: number | null): string {
  const seconds = Math.max(0, (milliseconds ?? 0) / 1000)
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} h`
    : `${Math.round(seconds / 86_400)} days`
}
