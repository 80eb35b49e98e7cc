import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read, required } from '@/sandbox/http/rule'
import {
  clearable,
  either,
  flag,
  hash,
  ignored,
  instant,
  integer,
  list,
  oneOf,
  text,
} from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { newPhase } from '@/sandbox/objects/subscription-schedule'
import type { Tx } from '@/sandbox/store/transaction'
import { DISCOUNTS } from './discount-params'
import { recurringPrice } from './recurring-price'
import { ownMethod } from './references'
import { heldBy, type PhaseOwner, phaseDiscountsAsked } from './schedule-discounts'
import { automaticTax } from './subscription-given'
import { PRORATION } from './subscription-params'
import { ratesNamed } from './tax-rates'

const PHASE = {
  items: required(
    list(
      hash({
        plan: text(),
        price: text(),
        quantity: integer(0),
        metadata: metadata(),
        discounts: DISCOUNTS,
      }),
      20,
    ),
  ),
  start_date: either(oneOf('now'), instant()),
  end_date: either(oneOf('now'), instant()),
  duration: hash({
    interval: required(oneOf('day', 'month', 'week', 'year')),
    interval_count: integer(1),
  }),
  proration_behavior: PRORATION,
  metadata: metadata(),
  currency: text(3),
  discounts: DISCOUNTS,
  default_payment_method: text(),
  default_tax_rates: clearable(list(text(), 5)),
  automatic_tax: hash({ enabled: required(flag()), liability: ignored() }),
}

/** The `phases` of a schedule. `iterations`, gone since clover, is refused as unknown. */
export const PHASES = list(hash(PHASE), 10)

const { start_date: _start, ...NEW_PHASE } = PHASE

/** The `phases` of a schedule that is made: the first begins when the schedule does. */
export const NEW_PHASES = list(hash({ ...NEW_PHASE, end_date: instant() }), 10)

type Given = Read<typeof PHASE>
type Asked = Pick<Given, 'default_payment_method' | 'default_tax_rates' | 'automatic_tax'>

/** The phases as the schedule holds them: each begins where the one before ends, the first where it began. */
export function phasesOf(
  tx: Tx,
  schedule: Readonly<Stripe.SubscriptionSchedule>,
  given: readonly Given[],
): Stripe.SubscriptionSchedule.Phase[] {
  const began = schedule.current_phase?.start_date ?? schedule.phases[0]?.start_date ?? tx.now
  const asked = given[0]?.start_date === 'now' ? tx.now : (given[0]?.start_date ?? Number.NaN)
  if (asked !== began && schedule.status !== 'not_started')
    throw ApiError.invalid(
      `You can not modify the start date of the current phase: pass phases[0][start_date]=${began}.`,
      'phases[0][start_date]',
    )
  const owner = { customer: idOf(schedule.customer), held: heldBy(tx, schedule) }
  return phasesFrom(tx, Number.isNaN(asked) ? began : asked, given, owner)
}

/** Phases that follow each other from an instant on. */
export function phasesFrom(
  tx: Tx,
  first: number,
  given: readonly (Omit<Given, 'start_date'> & Partial<Pick<Given, 'start_date'>>)[],
  owner: PhaseOwner,
): Stripe.SubscriptionSchedule.Phase[] {
  let start = first
  return given.map((phase, index) => {
    const at = `phases[${index}]`
    if (index > 0 && phase.start_date !== undefined && phase.start_date !== start)
      throw ApiError.invalid('Phases must follow each other without a gap.', `${at}[start_date]`)
    const sold = phase.items.map(({ plan, price = plan, quantity = 1 }, place) => {
      const param = `${at}[items][${place}][price]`
      if (price === undefined) throw missing(param)
      return { price: recurringPrice(tx, price, param).id, quantity }
    })
    const end = endOf(tx, phase, start, sold[0]?.price ?? '', at)
    const currency = phase.currency ?? tx.get('price', sold[0]?.price ?? '').currency
    const discounts = (of: (typeof phase)['discounts'], items: typeof sold, within: string) =>
      phaseDiscountsAsked(tx, of, owner, { items, currency }, `${within}[discounts]`)
    const made = newPhase({
      currency,
      items: sold.map((item, place) => ({
        ...item,
        discounts: discounts(phase.items[place]?.discounts, [item], `${at}[items][${place}]`),
        metadata: withMetadata({}, phase.items[place]?.metadata),
      })),
      discounts: discounts(phase.discounts, sold, at),
      start,
      end,
      metadata: withMetadata({}, phase.metadata),
      ...settingsOf(tx, phase, owner.customer, at),
      ...(phase.proration_behavior ? { proration: phase.proration_behavior } : {}),
    })
    start = end
    return made
  })
}

/** Who pays, and the taxes: what a phase does not name is as the schedule's `default_settings` have it. */
function settingsOf(
  tx: Tx,
  { default_payment_method: method, default_tax_rates: rates, automatic_tax: tax }: Asked,
  customer: string,
  at: string,
) {
  return {
    method:
      method === undefined
        ? null
        : ownMethod(tx, method, customer, `${at}[default_payment_method]`),
    taxRates: ratesNamed(tx, rates, `${at}[default_tax_rates]`),
    ...(tax ? { tax: automaticTax(tax, tx.get('customer', customer)) } : {}),
  }
}

function endOf(
  tx: Tx,
  phase: Pick<Given, 'end_date' | 'duration'>,
  start: number,
  price: string,
  at: string,
): number {
  if (phase.end_date !== undefined && phase.duration)
    throw ApiError.invalid(
      `You may only specify one of these parameters: end_date, duration.`,
      `${at}[end_date]`,
    )
  const every = phase.duration
    ? { interval: phase.duration.interval, interval_count: phase.duration.interval_count ?? 1 }
    : recurring(tx.get('price', price))
  const given = phase.end_date === 'now' ? tx.now : phase.end_date
  const end = given ?? periodFrom(start, start, every).end
  if (end > start) return end
  throw ApiError.invalid('A phase must end after it starts.', `${at}[end_date]`)
}
