import type { Direction } from '@/tests/harness/faults/wire'

/** A step of the event path at which a process can die. */
export type Point = {
  /** What has happened and what has not, when it dies. */
  name: string
  story: Story
  /** What the wires see on the way, one after the other; the server dies at the last, until when `holds` keeps its own. */
  path: { what: string; way: Direction; holds?: true }[]
  /**
   * What becomes of the last thing seen. `held`: it never arrives. `passed`: it arrives, and then
   * the server dies. `late`: it arrives when all other processes have long gone on.
   */
  last: 'held' | 'passed' | 'late'
}

/** What is under way; scenarios.ts says how each is played. */
export type Story =
  | 'webhook'
  | 'unknownCustomer'
  | 'crowd'
  | 'resend'
  | 'outage'
  | 'visit'
  | 'drain'
  | 'overtaken'

const asks = (what: string) => ({ what, way: 'up' as const })
const hears = (what: string) => ({ what, way: 'down' as const })
const LIST = 'GET /v1/subscriptions'

/** Every step, in the order of the path; docs/event-path.md describes it in words. */
export const POINTS: readonly Point[] = [
  // breakage: the server dies while a webhook is still coming in | no answer: Stripe sends it again, the customer sees the change seconds later
  {
    name: 'the head of a webhook has arrived, and its body has not',
    ...{ story: 'webhook', path: [asks('webhook body')], last: 'held' },
  },
  // breakage: the server dies before the event reaches Postgres | no answer: Stripe sends it again, and it is stored once
  {
    name: 'the event is on its way to Postgres',
    ...{ story: 'webhook', path: [asks('ingest_event')], last: 'held' },
  },
  // breakage: the server dies after the commit, before it hears of it | no answer: Stripe sends it again and hears "duplicate"; a drain reads within 90 s
  {
    name: 'the event is stored, and the app does not know',
    ...{ story: 'webhook', path: [hears('ingest_event')], last: 'held' },
  },
  // breakage: the server dies after a commit of several events at once | no answer to any of them: Stripe sends them again and hears "duplicate"; a drain reads within 90 s
  {
    name: 'what came meanwhile is stored by one statement, and the app does not know',
    ...{
      story: 'crowd',
      // While the first one is being stored the others come.
      path: [{ ...hears('ingest_event'), holds: true }, hears('several ingest_event')],
      last: 'held',
    },
  },
  // breakage: the 200 is lost on its way to Stripe | Stripe sends the event again and hears "duplicate"; nothing happens twice
  {
    name: 'the app has answered 200, and Stripe does not hear it',
    ...{ story: 'webhook', path: [hears('webhook 200')], last: 'held' },
  },
  // breakage: the server dies right after its 200, so Stripe never sends again | the change is seen when the lease has ended and a drain has read: within 90 s
  {
    name: 'Stripe has its 200, and nothing is done yet',
    ...{ story: 'webhook', path: [hears('webhook 200')], last: 'passed' },
  },
  // breakage: the server dies as it notes a committed event in Redis | nothing: Postgres knows the event
  {
    name: 'the note for Redis is on its way',
    ...{ story: 'webhook', path: [asks('redis SET')], last: 'held' },
  },
  // breakage: the server dies before its question reaches Stripe | the change is seen when a drain has read
  {
    name: 'the question to Stripe is on its way',
    ...{ story: 'webhook', path: [asks(LIST)], last: 'held' },
  },
  // breakage: the server dies while it waits for Stripe's answer | the change is seen when a drain has read
  {
    name: 'Stripe has answered, and the answer is on its way',
    ...{ story: 'webhook', path: [hears(LIST)], last: 'held' },
  },
  // breakage: the server dies with Stripe's answer in hand | the change is seen when a drain has read
  {
    name: 'the app has read Stripe, and written nothing',
    ...{ story: 'webhook', path: [hears(LIST)], last: 'passed' },
  },
  // breakage: the server dies while it asks who an unknown customer is | the customer gets the plan when a drain has read
  {
    name: 'the app asks Stripe who an unknown customer is',
    ...{ story: 'unknownCustomer', path: [asks('GET /v1/customers/:id')], last: 'held' },
  },
  // breakage: the server dies before what it read reaches Postgres | nothing is half written; a drain reads again
  {
    name: 'the commit is on its way to Postgres',
    ...{ story: 'webhook', path: [asks('apply_sync')], last: 'held' },
  },
  // breakage: the result of the commit is never known | everything is written once; the next read changes nothing
  {
    name: 'all is committed, and the app does not know',
    ...{ story: 'webhook', path: [hears('apply_sync')], last: 'held' },
  },
  // breakage: the server dies right after a commit | nothing: it is all there
  {
    name: 'all is committed, and the app knows',
    ...{ story: 'webhook', path: [hears('apply_sync')], last: 'passed' },
  },
  // breakage: the server dies while it waits to read once more | what came during the first read is seen when a drain has read
  {
    name: 'more events came, and the lease is being renewed for them',
    ...{ story: 'webhook', path: [asks('claim_target')], last: 'held' },
  },
  // breakage: the server dies in its second read of a customer | what came during the first read is seen when a drain has read
  {
    name: 'more events came, and Stripe is being read again',
    ...{ story: 'webhook', path: [asks(LIST), asks(LIST)], last: 'held' },
  },
  // breakage: a duplicate's answer is lost together with the server | Stripe sends it once more; nothing happens twice
  {
    name: 'an old event has come again, and the app does not hear that it is old',
    ...{ story: 'resend', path: [hears('ingest_event')], last: 'held' },
  },
  // breakage: Stripe is down, and the server dies as it gives the customer back | the change is seen when Stripe is back and a drain has read
  {
    name: 'Stripe is down, and the failure cannot be noted',
    ...{ story: 'outage', path: [asks('fail_target')], last: 'held' },
  },
  // breakage: the server dies as a person comes back from the portal | the page does not load; reloaded, it shows what was known, then the change
  {
    name: 'a person is back from the portal, and the lease is taken for them',
    ...{ story: 'visit', path: [hears('claim_target')], last: 'held' },
  },
  // breakage: the server dies while it reads Stripe for a person | the page does not load; reloaded, it shows what was known, then the change
  {
    name: 'a person is back from the portal, and Stripe is being read for them',
    ...{ story: 'visit', path: [asks(LIST)], last: 'held' },
  },
  // breakage: a person's read is committed by a server that dies before it shows it | the page does not load; reloaded, it shows the change
  {
    name: 'a person is back from the portal, and the commit is not known',
    ...{ story: 'visit', path: [hears('apply_sync')], last: 'held' },
  },
  // breakage: the drain dies with leases that it has just taken | the customers that it took wait for another lease's length, 30 s
  {
    name: 'a drain has taken leases, and does not know which',
    ...{ story: 'drain', path: [hears('claim_due')], last: 'held' },
  },
  // breakage: the drain dies before its commit reaches Postgres | the customers that it took wait for another lease's length, 30 s
  {
    name: 'a drain has read what an earlier death left, and its commit is on its way',
    ...{ story: 'drain', path: [hears('claim_due'), asks('apply_sync')], last: 'held' },
  },
  // breakage: a dead server's commit reaches Postgres half a minute late | nothing: the fence refuses it, what was read since stands
  {
    name: 'a commit arrives long after its server died and others have read',
    ...{ story: 'overtaken', path: [asks('apply_sync')], last: 'late' },
  },
]

const SHORT = new Set([
  'the event is stored, and the app does not know',
  'Stripe has its 200, and nothing is done yet',
  'what came meanwhile is stored by one statement, and the app does not know',
  'the app asks Stripe who an unknown customer is',
  'all is committed, and the app does not know',
  'an old event has come again, and the app does not hear that it is old',
  'Stripe is down, and the failure cannot be noted',
  'a person is back from the portal, and the commit is not known',
  'a drain has read what an earlier death left, and its commit is on its way',
  'a commit arrives long after its server died and others have read',
])

/** Those at which `npm test` kills: of each story at least one, where most is under way. */
export const IN_SHORT = POINTS.filter(({ name }) => SHORT.has(name))
