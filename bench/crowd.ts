import type postgres from 'postgres'
import { openWorld } from '@/tests/harness/customers'
import type { Base } from '@/tests/harness/environment'
import { makeCrowd } from '@/tests/load/crowd'
import type { Subject } from './load/event-body'
import type { Scene } from './scene'

// Twice as many events in a round as say something beside a clock of hundredths: one half wakes the side up.
const EVENTS = 480

export type Crowd = Scene['crowd'] & {
  /** A subscription as Stripe shows it, for the events to look like. */
  like: object
}

/** Makes all customers at the sandbox, and those that only we need to know in our own records. */
export async function crowdFor(base: Base, sql: postgres.Sql): Promise<Crowd> {
  const people = await makeCrowd(await openWorld(base, sql), EVENTS + EVENTS / 10, 2)
  const held = Array.from({ length: EVENTS }, (_, n) => {
    const id = `bench${`${n}`.padStart(6, '0')}`
    return { userId: id, customerId: `cus_${id}`, subscriptionId: `sub_${id}` }
  })
  await hold(sql, held)
  const [first] = people
  if (!first) throw new Error('The sandbox made no customer.')
  return {
    ...{ single: people.slice(0, EVENTS), busy: people.slice(EVENTS), held },
    like: await base.stripe.subscriptions.retrieve(first.subscriptionId),
  }
}

// As if each were being read for as long as the bench runs.
async function hold(sql: postgres.Sql, subjects: readonly Subject[]): Promise<void> {
  const keys = subjects.map(({ customerId }) => customerId)
  await sql`insert into sync_targets (key, dirty_seq, lease_until, next_run_at)
    select key, 1, now() + interval '1 day', now() + interval '1 day' from unnest(${keys}::text[]) as key`
}

/**
 * Pauses what each subscription collects, or lets it go on: what it did not do before. A change that no email
 * follows, because the peers write none.
 */
export function changeAt({ stripe }: Base): Scene['change'] {
  const paused = new Set<string>()
  return async (subjects) => {
    const queue = subjects.values()
    const changers = Array.from({ length: 8 }, async () => {
      for (const { subscriptionId } of queue) {
        const pauses = !paused.delete(subscriptionId)
        if (pauses) paused.add(subscriptionId)
        const pause_collection = pauses ? { behavior: 'keep_as_draft' as const } : ''
        await stripe.subscriptions.update(subscriptionId, { pause_collection })
      }
    })
    await Promise.all(changers)
  }
}

/** Lets a subscription end with its period, or go on: what it did not do before. */
export function cancelAt({ stripe }: Base): Scene['cancel'] {
  return async ({ subscriptionId }) => {
    const { cancel_at_period_end: ends } = await stripe.subscriptions.retrieve(subscriptionId)
    await stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: !ends })
  }
}
