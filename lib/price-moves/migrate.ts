import type { Actor } from '@/lib/audit/actor'
import { askMove } from './ask'
import { emptyReport, noteIn, type Report } from './report'
import type { Route } from './route'
import { survey } from './survey'

/**
 * Looks at every subscriber of an old price, and with `yes` puts a move of each on record as it goes: a run that
 * was killed goes on where the next one finds no move. Without `yes` nothing is written.
 */
export async function migrate(
  actor: Actor,
  route: Route,
  { day, yes }: { day: Date; yes: boolean },
): Promise<Report> {
  const report = emptyReport()
  for await (const one of survey(route, day)) {
    noteIn(report, one)
    if (yes && one.leftOut === null) await askMove(actor, one.move)
  }
  return report
}
