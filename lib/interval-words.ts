/** How often something is billed, in words. */
export type IntervalWords = {
  /** After an amount: `$19 a month`, `$57 every 3 months`. */
  per: string
  /** After a plan: `billed monthly`, `billed every 3 months`. */
  billed: string
  /** One period of it: `a year`, `3 months`. */
  span: string
}

const UNITS = ['day', 'week', 'month', 'year'] as const

type Unit = (typeof UNITS)[number]

const ADVERBS: Record<Unit, string> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  year: 'yearly',
}

/** As our records keep it: `month` and `year`, and with its count whatever is none of these, such as `3 month`. */
export function recordedInterval(unit: string, count: number): string {
  return count === 1 && (unit === 'month' || unit === 'year') ? unit : `${count} ${unit}`
}

/**
 * Which recorded intervals are a year or longer: what is bought by them is easily forgotten until it is charged again.
 * For Postgres and for JavaScript alike.
 */
export const YEAR_OR_LONGER =
  '^(([0-9]+ )?year|(1[2-9]|[2-9][0-9]) month|(5[2-9]|[6-9][0-9]|1[0-9][0-9]) week|(36[5-9]|3[7-9][0-9]|[4-9][0-9][0-9]|1[0-9][0-9][0-9]) day)$'

/** Whether one period of an interval, as our records keep it, is a year or longer. */
export function isYearOrLonger(recorded: string | null | undefined): boolean {
  return new RegExp(YEAR_OR_LONGER).test(recorded ?? '')
}

/** The words of an interval as our records keep it; null where it is none that Stripe bills by. */
export function intervalWords(recorded: string | null | undefined): IntervalWords | null {
  const [, count = '1', word] = /^(?:(\d+) )?(\w+)$/.exec(recorded ?? '') ?? []
  const unit = UNITS.find((each) => each === word)
  if (!unit) return null
  if (count === '1') return { per: `a ${unit}`, billed: ADVERBS[unit], span: `a ${unit}` }
  const many = `${count} ${unit}s`
  return { per: `every ${many}`, billed: `every ${many}`, span: many }
}
