import type { NewEvent } from '@/db/queries/ledger'
import type { World } from '@/tests/simulation/world'
import { audited } from './audited'
import { collected } from './collected'
import { emailed } from './emailed'
import { granted } from './granted'
import { mirrored } from './mirrored'
import { paced } from './paced'
import { reported } from './reported'
import { settled } from './settled'

/** Compares the records with Stripe's state once everything has had its time: a sentence for each difference. */
export function verdict(world: World, made: NewEvent[]): string[] {
  const { stripeModels, ledger, time } = world
  const { tables } = ledger
  const all = [...stripeModels.values()]
  return [
    ...all.flatMap((stripeModel) => mirrored(stripeModel, tables)),
    ...reported(all, tables),
    ...emailed(all, tables),
    ...collected(all, tables),
    ...settled(made, world),
    ...granted(all, tables, new Date(time.now)),
    ...audited(tables),
    ...paced(ledger),
  ]
}
