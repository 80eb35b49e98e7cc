import type { SubscriptionId } from '@/lib/ids'
import { log } from '@/lib/log'
import { isForeign } from '@/lib/stripe/foreign'
import type { SubscriptionPage } from '@/lib/stripe/subscriptions'
import { compareAccess } from './compare'
import { findDrifts, MANY_MISSING } from './find-drifts'
import { pacer } from './pace'
import type { DriftPorts } from './ports'
import { reportDrifts } from './report-drifts'
import type { Scan, Scanned } from './scan'

/**
 * Compares every subscription at Stripe, and every access that we gave, with our records. A customer that
 * differs is marked dirty and audited, and the drain repairs it. When nothing differs, only the place is
 * written.
 * Safe to run twice at once, and to die anywhere.
 * @param spent whether the time is up
 * @throws {Error} Stripe shows too few of ours: most likely its key is another account's
 */
export async function scanDrift(ports: DriftPorts, spent: () => boolean): Promise<Scanned> {
  const scanned = { compared: 0, drifted: 0, inFlight: 0, missing: 0, complete: false }
  const scan = { ports, spent, paced: pacer(ports.sleep), scanned }
  await compareGranted(scan)
  const rest = (await ports.place.find())?.readTo ?? null
  // What the last run left over comes first: a pass that began yesterday says nothing of today.
  if (rest === null || (await pass(scan, rest))) scanned.complete = await pass(scan, null)
  log.info(scanned, 'drift scan')
  return scanned
}

// A customer with a plan and no subscription in our records is on no page of Stripe's. Slice by slice, from where the
// last run stopped.
async function compareGranted(scan: Scan) {
  const { records, clock, walk } = scan.ports
  const until = performance.now() + GRANTED_MS
  let after = await walk.find()
  do {
    const began = performance.now()
    const { granted, last } = await records.listGrantedState({ after, limit: GRANTED_SLICE })
    const now = await clock.now()
    const drifts = granted.flatMap((each) => {
      const difference = compareAccess(each, now)
      return difference ? [{ key: each.key, differences: [difference] }] : []
    })
    await reportDrifts(scan, drifts, began)
    if (last !== after) await walk.save(last)
    after = last
  } while (after !== null && performance.now() < until)
}

/** Customers. A slice is read in some milliseconds, so that no one waits behind it. */
export const GRANTED_SLICE = 500

// Of a run, which has a minute at most. Some hundreds of thousands of customers are looked at in it.
const GRANTED_MS = 5_000

// True: the oldest subscription was reached.
async function pass(scan: Scan, createdUntil: Date | null): Promise<boolean> {
  const { ports, paced, scanned } = scan
  const seen = new Set<SubscriptionId>()
  let to = createdUntil
  let after: SubscriptionId | null = null
  while (!scan.spent()) {
    const began = performance.now()
    const start = { createdUntil, after }
    const page: SubscriptionPage = await paced(() =>
      ports.stripe.listAllSubscriptions(start, (mark) => !isForeign(mark, ports.appEnv)),
    )
    const last = page.more ? page.last : null
    const span = { from: last?.created ?? null, to }
    const { drifts, whole } = await findDrifts(scan, page, span, seen)
    await reportDrifts(scan, drifts, began)
    // The page shows them anyway: no other read of Stripe is made for them.
    await ports.records.remindOfCards(page.cards, await ports.clock.now())
    if (scanned.missing >= MANY_MISSING) {
      throw new Error(
        `Stripe does not show ${scanned.missing} subscriptions that we take for living. Is STRIPE_SECRET_KEY of the right account?`,
      )
    }
    if (!whole) return false
    scanned.compared += page.subscriptions.length
    await ports.place.save({ readTo: span.from, at: await ports.clock.now() })
    if (!last) return true
    to = last.created
    after = last.id
  }
  return false
}
