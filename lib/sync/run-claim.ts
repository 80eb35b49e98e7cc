import type { Claim } from '@/db/queries/claim'
import type { Applied, Change, Finish } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import { withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { span } from '@/lib/span'
import { changeOf } from './change-of'
import { PARKED_AFTER } from './parked'
import type { SyncPorts } from './ports'

type RunOptions = Partial<Pick<Finish, 'countAttempt'>> & {
  customer?: boolean
  /** Asked at the commit: whether this lease owner would read again, should more have arrived. */
  keepLease?: () => boolean
}

// Well inside the lease of 30 s: a longer read is overtaken, and would be for nothing.
const READ_MS = 25_000

/**
 * Reads Stripe for a claimed target and commits what it showed: one read, one round trip.
 * The claim was taken before the read, so that an older read can never overwrite a newer one.
 * `customer`: ask whether the customer itself still exists, too.
 * @returns with how many entries it put into the outbox
 * @throws whatever the read or the commit threw, after giving the target back for a later try
 */
export function runClaim(
  ports: SyncPorts,
  claim: Claim,
  actor: Actor,
  options: RunOptions = {},
): Promise<Applied & { outbox: number }> {
  const events = claim.events.map(({ id }) => id)
  const ids = {
    'billing.target': claim.key,
    'billing.fence': claim.fence,
    'stripe.event_ids': events,
  }
  const run = () => span('sync', ids, () => readAndApply(ports, claim, actor, options))
  // A user waits for one that does not count.
  return options.countAttempt === false ? run() : ports.inTurn(run)
}

async function readAndApply(
  ports: SyncPorts,
  claim: Claim,
  actor: Actor,
  { customer = false, keepLease = () => true, countAttempt = true }: RunOptions,
): Promise<Applied & { outbox: number }> {
  // What never began is no try.
  let tried = false
  try {
    await ports.pace(!countAttempt)
    tried = countAttempt
    const reading = changeOf(ports, claim, actor, customer)
    const change = await withDeadline(reading, READ_MS, () => new Unavailable('stripe_away'))
    const applied = await ports.ledger.applySync(claim, change, {
      keepLease: keepLease(),
      countAttempt,
    })
    report(claim, change, applied)
    return { ...applied, outbox: applied.applied ? change.outbox.length : 0 }
  } catch (error) {
    // If even this fails the lease ends by itself; the first error is the one to throw.
    await ports.ledger
      .failTarget(claim, failureText(error), { countAttempt: tried })
      .catch(() => {})
    if (tried && claim.attempts + 1 === PARKED_AFTER) {
      log.error(
        { target: claim.key, attempts: PARKED_AFTER },
        'target parked: an operator must look',
      )
    }
    throw error
  }
}

function report(claim: Claim, change: Change, { applied, revenueLeftOut }: Applied): void {
  const actions = change.audits.map(({ action }) => action)
  for (const { eventId, error, dead } of change.failures) {
    if (dead) log.error({ event: eventId, error }, 'event given up: repair the cause and replay it')
  }
  const step = { target: claim.key, fence: claim.fence, events: claim.events.map(({ id }) => id) }
  if (revenueLeftOut)
    log.error(
      { ...step, error: revenueLeftOut },
      'left out of the revenue for now: the drain notes it again',
    )
  if (!applied) log.info(step, 'sync overtaken by a newer one')
  else if (change.retry)
    log.error({ ...step, actions, retry: change.retry }, 'sync applied, to be tried again')
  else log.info({ ...step, actions }, 'sync applied')
}
