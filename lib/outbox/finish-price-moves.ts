import { countMoves } from '@/db/queries/price-moves'
import { deliverPriceMoves } from './deliver-price-moves'
import { type Between, movesNow } from './moves-now'

export type Finished = {
  text: string
  /** How many wait for another try. */
  left: number
  moved: number
}

/**
 * Carries out what was asked for, twenty after twenty, until nothing is due. A process that is
 * killed in the midst loses nothing: the drain goes on, and so does the next call.
 * @param progress how many are still to be done, after each slice
 */
export async function finishMoves(
  between: Between,
  progress: (open: number) => void,
): Promise<Finished> {
  while ((await deliverPriceMoves()) > 0) {
    const open = await openOf(between)
    if (open > 0) progress(open)
  }
  const { moved = 0 } = await countMoves(between)
  return { text: await movesNow(between), left: await openOf(between), moved }
}

async function openOf(between: Between): Promise<number> {
  const { asked = 0, undoing = 0 } = await countMoves(between)
  return asked + undoing
}
