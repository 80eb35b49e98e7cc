import type { LocalState, Progress } from '@/db/queries/reconcile'
import { BRAND } from '@/lib/brand'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import {
  customer,
  day,
  entitlement,
  NO_PRICES,
  NOW,
  row,
  snapshot,
  WORKSPACE,
} from '@/lib/sync/rows.fixture'
import type { DriftPorts } from './ports'
import type { Drift } from './record-drift'

/** How many a page of this Stripe holds. */
export const PAGE = 3

type World = {
  /** Newest first. */
  shown: SubscriptionSnapshot[]
  /** Shown to their customer only, as those on test clocks are. */
  hidden?: SubscriptionSnapshot[]
  records: LocalState[]
  events?: VerifiedEvent[]
  /** The customers that are being read now. */
  busy?: string[]
}

/** Stripe and our records for a drift scan, in memory. */
export function driftWorld({ shown, hidden = [], records, events = [], busy = [] }: World) {
  const recorded: Drift[] = []
  const saved: Progress[] = []
  const calls = { pages: 0, customers: 0, events: 0, slices: 0 }
  const walk: { after: CustomerId | null } = { after: null }
  const ports: DriftPorts = {
    stripe: {
      async listAllSubscriptions({ createdUntil, after }, wanted) {
        calls.pages += 1
        const all = shown.filter(({ created }) => !createdUntil || created <= createdUntil)
        const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
        const page = all.slice(from, from + PAGE)
        return {
          subscriptions: page.filter(({ metadata }) => wanted(metadata)),
          customers: page.map(({ customerId: id }) => shownCustomer(id)),
          cards: [],
          last: page.at(-1) ?? null,
          more: all.length > from + PAGE,
        }
      },
      async listSubscriptions(customerId) {
        calls.customers += 1
        return [...shown, ...hidden].filter((each) => each.customerId === customerId)
      },
      async listEvents({ since, until }) {
        calls.events += 1
        return events.filter(({ created }) => created >= since && created <= until)
      },
    },
    records: {
      listLocalState: async (ids, { from, to }) =>
        records.filter(
          ({ key, subscriptions }) =>
            ids.some((id) => id === key) ||
            subscriptions.some(
              ({ endedAt, stripeCreatedAt: made }) =>
                !endedAt && (!from || made > from) && (!to || made <= to),
            ),
        ),
      remindOfCards: async () => {},
      async listGrantedState({ after, limit }) {
        calls.slices += 1
        const all = records.toSorted((a, b) => (a.key < b.key ? -1 : 1))
        const slice = all.filter(({ key }) => key > (after ?? '')).slice(0, limit)
        return {
          granted: slice.filter(
            ({ entitlement, subscriptions }) =>
              subscriptions.length === 0 && entitlement && entitlement.tier !== 'free',
          ),
          last: slice.length < limit ? null : (slice.at(-1)?.customer?.id ?? null),
        }
      },
      async recordDrift(drift) {
        if (busy.includes(drift.key)) return false
        recorded.push(drift)
        return true
      },
    },
    place: {
      find: async () => saved.at(-1) ?? null,
      async save(progress) {
        saved.push(progress)
      },
    },
    walk: {
      find: async () => walk.after,
      async save(after) {
        walk.after = after
      },
    },
    clock: { now: () => NOW },
    sleep: async () => {},
    prices: NO_PRICES,
    appEnv: 'test',
  }
  return { ports, recorded, saved, calls, walk }
}

export const key = (n: number): CustomerId => `cus_${n}`
const id = (n: number): SubscriptionId => `sub_${n}`

// The subscriber `n` bought `n` days ago.
export function shownOf(n: number, over: Partial<SubscriptionSnapshot> = {}) {
  return snapshot({ id: id(n), customerId: key(n), created: day(-n), ...over })
}

export function stateOf(n: number, over: Partial<LocalState> = {}): LocalState {
  return {
    key: key(n),
    customer: customer({ id: key(n) }),
    superseded: false,
    subscriptions: [row({ id: id(n), customerId: key(n), stripeCreatedAt: day(-n) })],
    entitlement: entitlement({ subscriptionId: id(n), reason: `${id(n)} is active on price_pro.` }),
    overrides: [],
    linkable: false,
    ...over,
  }
}

export const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
export const agreed = (count: number) => ({
  shown: numbers(count).map((n) => shownOf(n)),
  records: numbers(count).map((n) => stateOf(n)),
})

// A customer as Stripe shows it; its metadata name Ada.
function shownCustomer(id: CustomerId): CustomerSnapshot {
  const metadata = { app: BRAND.stripe.app, env: 'test', workspaceId: WORKSPACE, userId: null }
  return { id, deleted: false, metadata }
}
