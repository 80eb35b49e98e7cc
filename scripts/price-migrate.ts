import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { type Actor, systemActor } from '@/lib/audit/actor'
import { Conflict, Invalid } from '@/lib/errors'
import { parseCustomerId, parsePriceId } from '@/lib/ids'
import { log } from '@/lib/log'
import { finishMoves } from '@/lib/outbox/finish-price-moves'
import { movesNow } from '@/lib/outbox/moves-now'
import { askUndo } from '@/lib/price-moves/ask'
import { migrate } from '@/lib/price-moves/migrate'
import { reportText } from '@/lib/price-moves/report'
import { type Route, requireNotice, routeOf } from '@/lib/price-moves/route'
import { productionPorts } from '@/lib/sync/production-ports'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'

const USAGE = `npm run price:migrate -- --from price_old --to price_new --on 2027-02-01
  --notice-days 30   the least time between today and that day
  --customer cus_…   only this one
  --yes              does it; without it, only what would be done is shown
  --undo             takes back what was planned, until the day; with --yes`

const OPTIONS = {
  from: { type: 'string', default: '' },
  to: { type: 'string', default: '' },
  on: { type: 'string', default: '' },
  'notice-days': { type: 'string', default: '30' },
  customer: { type: 'string' },
  yes: { type: 'boolean', default: false },
  undo: { type: 'boolean', default: false },
} as const

/**
 * `npm run price:migrate`: moves the subscribers of an old price to the current one of the same plan, each at the
 * first renewal on or after a day. Ends with 1 when it could not be done.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  const { from, to, on, customer, yes } = values
  if (!from || !to || (!values.undo && !on)) throw new Invalid({ internal: USAGE })
  loadEnv()
  log.level = 'fatal'
  const actor = systemActor(`price.migrate by ${userInfo().username}`)
  const whom = customer === undefined ? undefined : parseCustomerId(customer)
  const between = { from: parsePriceId(from), to: parsePriceId(to), customer: whom }
  if (values.undo) return undo(actor, between, yes)
  const day = dayOf(on)
  requireNotice(day, await productionPorts().clock.now(), daysOf(values['notice-days']))
  const route = await routeOf(between.from, between.to, whom)
  await move(actor, route, day, yes)
}

async function move(actor: Actor, route: Route, day: Date, yes: boolean): Promise<void> {
  console.log(reportText(await migrate(actor, route, { day, yes }), route))
  if (yes) await finish(route)
  else console.log('Nothing was changed. Say --yes to do it.')
}

async function undo(actor: Actor, between: Pick<Route, 'from' | 'to' | 'customer'>, yes: boolean) {
  if (!yes) {
    console.log(await movesNow(between))
    return console.log('Nothing was changed. Say --yes to take back what is planned.')
  }
  const now = await productionPorts().clock.now()
  const { asked, tooLate } = await askUndo(actor, between, now)
  console.log(`${asked} are taken back.`)
  const moved = await finish(between)
  if (asked === 0 && moved + tooLate > 0)
    throw new Conflict({
      internal: `The day has come for ${moved + tooLate}: they pay the new price, and that is not taken back. Sell the old price again, and move them to it with notice.`,
    })
}

async function finish(between: Pick<Route, 'from' | 'to' | 'customer'>): Promise<number> {
  const { text, left, moved } = await finishMoves(between, (open) =>
    console.log(`${open} are still to be done at Stripe …`),
  )
  console.log(text)
  if (left > 0)
    console.log(`${left} could not be done now: the drain tries again, and so does this command.`)
  return moved
}

function dayOf(on: string): Date {
  const day = new Date(`${on}T00:00:00Z`)
  if (
    /^\d{4}-\d{2}-\d{2}$/.test(on) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(on)
  )
    return day
  throw new Invalid({ internal: 'Say --on with a day such as 2027-02-01.' })
}

function daysOf(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  throw new Invalid({ internal: 'Say --notice-days with a number of days.' })
}

await runCommand(main)
