import type { NewEvent } from '@/db/queries/ledger'
import type { World } from '@/tests/simulation/world'
import { audited } from './audited'
import { collected } from './collected'
import { granted } from './granted'
import { lettered } from './lettered'
import { mirrored } from './mirrored'
import { paced } from './paced'
import { settled } from './settled'
import { told } from './told'

/** Compares the books with the truth once everything has had its time: a sentence for each difference. */
export function verdict(world: World, made: NewEvent[]): string[] {
  const { truths, ledger, time } = world
  const { tables } = ledger
  const all = [...truths.values()]
  return [
    ...all.flatMap((truth) => mirrored(truth, tables)),
    ...told(all, tables),
    ...lettered(all, tables),
    ...collected(all, tables),
    ...settled(made, world),
    ...granted(all, tables, new Date(time.now)),
    ...audited(tables),
    ...paced(ledger),
  ]
}
