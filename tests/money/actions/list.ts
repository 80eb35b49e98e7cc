import type { Person } from '@/tests/money/person'
import { beSoldByApi, buyThroughCheckout } from './buy'
import { changeMethod } from './change-method'
import { changeCoupon, changePlan, moveTrial, restartCycle } from './change-plan'
import { endNow, planEnd } from './end'
import { answerDispute, refund } from './money-back'
import { passTime } from './pass-time'
import { pause, resume } from './pause'
import { pauseCollection, unpauseCollection } from './pause-collection'
import { adjustBalance, finalizeDraft, payInvoice, voidInvoice, writeOff } from './settle'

/** Something that happens to a person. `look`: what is to be called after each thing of several. */
type Action = (person: Person, look: () => Promise<boolean>) => unknown
type Actions = readonly [Action, ...Action[]]

const DAY = 24

const pass =
  (low: number, high: number): Action =>
  (person, look) =>
    passTime(person, person.random.between(low, high) * 3600, look)

const HOURS = pass(1, 8)
const DAYS = pass(DAY, 6 * DAY)
const WEEKS = pass(5 * DAY, 45 * DAY)
const YEAR = pass(300 * DAY, 380 * DAY)

/**
 * What a customer without a living subscription does, and one with it. The more often an action is
 * named, the likelier.
 */
export const ACTIONS: { first: Actions; later: Actions } = {
  first: [DAYS, ...times(6, buyThroughCheckout), ...times(3, beSoldByApi), adjustBalance],
  later: [
    HOURS,
    ...times(2, HOURS),
    ...times(4, DAYS),
    ...times(4, WEEKS),
    YEAR,
    buyThroughCheckout,
    beSoldByApi,
    ...times(7, changePlan),
    restartCycle,
    changeCoupon,
    ...times(2, moveTrial),
    ...times(4, changeMethod),
    ...times(3, payInvoice),
    ...times(2, voidInvoice),
    ...times(2, writeOff),
    finalizeDraft,
    adjustBalance,
    ...times(2, refund),
    ...times(2, answerDispute),
    ...times(3, pauseCollection),
    unpauseCollection,
    pause,
    ...times(2, resume),
    ...times(2, planEnd),
    endNow,
  ],
}

function times(count: number, action: Action): Action[] {
  return Array.from({ length: count }, () => action)
}
