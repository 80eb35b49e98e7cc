import { countMoves } from '@/db/queries/price-moves'
import type { Route } from '@/lib/price-moves/route'

export type Between = Pick<Route, 'from' | 'to' | 'customer'>

/** How many moves stand where, in words. */
export async function movesNow(between: Between): Promise<string> {
  const n = await countMoves(between)
  const { planned = 0, moved = 0, undone = 0, left = 0 } = n
  return `${planned} are planned, ${moved} pay the new price, ${undone} were taken back, ${left} went another way.`
}
