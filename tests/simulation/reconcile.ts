import type { LocalState } from '@/db/queries/reconcile'
import { backfillEvents } from '@/lib/reconcile/backfill'
import type { BackfillPorts, DriftPorts, Place } from '@/lib/reconcile/ports'
import { scanDrift } from '@/lib/reconcile/scan-drift'
import type { MemoryTables } from './memory-tables'
import { Process } from './process'
import type { World } from './world'

// Small, so that a scan turns pages.
const PAGE = 2

// No job's time is up here: jobs die by their calls.
const never = () => false

/** The hourly job: asks Stripe for what no webhook brought. It may fail, and another run goes on. */
export async function backfill(world: World): Promise<void> {
  if (!world.guards.backfill) return
  const process = new Process(world)
  const { ledger, archive, tally } = world
  const ports: BackfillPorts = {
    ...outside(process),
    stripe: listed(process, archive),
    inbox: {
      listStored: (ids) =>
        process.call(
          'postgres',
          () => new Set(ids.filter((id) => ledger.tables.eventById.has(id))),
        ),
      ingestEvent: (event) => process.ingestEvent(event),
      releaseTarget: (claim) => process.call('postgres', () => ledger.releaseTarget(claim)),
    },
    place: placeOf(process, world, 'events'),
    livemode: false,
  }
  const { recovered, early } = await backfillEvents(ports, never)
  if (recovered + early > 0) tally.add('recovered', recovered + early)
}

/** The daily job: compares every subscription. A customer that differs is marked, and a drain repairs it. */
export async function compare(world: World): Promise<number> {
  if (!world.guards.driftScan) return 0
  const process = new Process(world)
  const { time, ledger, archive, tally } = world
  // The scan counts in real time from when it began to look; here all time is virtual.
  let began = time.now
  const ports: DriftPorts = {
    ...outside(process),
    stripe: {
      ...listed(process, archive),
      listAllSubscriptions(start, wanted) {
        began = time.now
        return process.call('stripe', () => pageOf(world, start, wanted))
      },
      listSubscriptions: (id) => process.listSubscriptions(id),
    },
    records: {
      listLocalState: (ids, { from, to }) =>
        process.call('postgres', () =>
          stateOf(ledger.tables).filter(
            ({ key, subscriptions }) =>
              ids.some((id) => id === key) ||
              subscriptions.some(
                ({ endedAt, stripeCreatedAt: made }) =>
                  !endedAt && (!from || made > from) && (!to || made <= to),
              ),
          ),
        ),
      remindOfCards: async () => {},
      listGrantedState() {
        began = time.now
        return process.call('postgres', () => ({
          granted: stateOf(ledger.tables).filter(
            ({ customer, subscriptions, entitlement }) =>
              !customer?.deletedAt &&
              subscriptions.length === 0 &&
              entitlement &&
              entitlement.tier !== 'free',
          ),
          last: null,
        }))
      },
      recordDrift(drift) {
        const since = time.now - began
        return process.call('postgres', () => ledger.recordDrift(drift, since))
      },
    },
    place: placeOf(process, world, 'subscriptions'),
    // One slice has all of so few.
    walk: { find: async () => null, save: async () => {} },
    prices: process.prices,
  }
  const { drifted } = await scanDrift(ports, never)
  if (drifted > 0) tally.add('drifted', drifted)
  return drifted
}

function outside(process: Process) {
  const { clock, appEnv } = process
  // They pace themselves by real time, which must decide nothing here.
  return { clock, appEnv, sleep: async () => {} }
}

function listed(process: Process, archive: World['archive']): BackfillPorts['stripe'] {
  return {
    listEvents: ({ since, until, types = [], limit = 10_000 }) =>
      process.call('stripe', () =>
        archive
          .filter((e) => e.created >= since && e.created <= until && types.includes(e.type))
          .slice(-limit),
      ),
  }
}

function placeOf(process: Process, { places }: World, name: string): Place {
  return {
    find: () => process.call('postgres', () => places.get(name) ?? null),
    save: (progress) =>
      process.call('postgres', () => {
        places.set(name, progress)
      }),
  }
}

function pageOf(
  { stripeModels }: World,
  { createdUntil, after }: Parameters<DriftPorts['stripe']['listAllSubscriptions']>[0],
  wanted: Parameters<DriftPorts['stripe']['listAllSubscriptions']>[1],
) {
  const all = [...stripeModels.values()]
    .flatMap((stripeModel) => stripeModel.subscriptions())
    .filter(({ created }) => !createdUntil || created <= createdUntil)
    .sort((a, b) => b.created.getTime() - a.created.getTime())
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const page = all.slice(from, from + PAGE)
  return {
    subscriptions: page.filter(({ metadata }) => wanted(metadata)),
    customers: page.flatMap(({ customerId }) => stripeModels.get(customerId)?.customer() ?? []),
    cards: [],
    last: page.at(-1) ?? null,
    more: all.length > from + PAGE,
  }
}

// What `claim_of` would show of each customer.
function stateOf(tables: MemoryTables): LocalState[] {
  return [...tables.customers.values()].map((customer) => ({
    key: customer.id,
    customer,
    superseded: tables.isSuperseded(customer.id),
    subscriptions: tables.subscriptionsOf(customer.id),
    entitlement: (customer.workspaceId && tables.entitlements.get(customer.workspaceId)) || null,
    overrides: [],
    linkable: false,
  }))
}
