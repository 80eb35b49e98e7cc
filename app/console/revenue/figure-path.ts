import type { Route } from 'next'
import type { Query } from '@/app/components/read-refusal'
import type { Figure } from '@/lib/revenue/figure'
import { isFigureName } from '@/lib/revenue/figure'

const LIST = '/console/revenue/customers'

/** The address of the list behind a number. */
export function figurePath(figure: Figure, offset = 0): Route {
  return `${LIST}?${figureQuery(figure, offset)}`
}

/** The same as the address of a file. */
export function figureFile(figure: Figure): string {
  return `/console/revenue/export?table=customers&${figureQuery(figure, 0)}`
}

function figureQuery(figure: Figure, offset: number): URLSearchParams {
  const given = { ...figure, from: offset > 0 ? String(offset) : null }
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
}

/** Which number an address asks for; null where it is none. */
export function readFigureQuery(query: Query): Figure | null {
  const { of, date, currency, plan, cohort, cause } = query
  if (!isFigureName(of) || !isDay(date)) return null
  const figure = {
    of,
    date,
    currency: isCurrency(currency) ? currency : null,
    plan: typeof plan === 'string' && /^[\w-]{1,200}$/.test(plan) ? plan : null,
    cohort: isDay(cohort) ? cohort : null,
    cause: typeof cause === 'string' && /^[a-z_]{0,60}$/.test(cause) ? cause : null,
  }
  // Money is never added across currencies, and a plan is left for another one.
  if (ADDS_MONEY.has(of) && figure.currency === null) return null
  return (of === 'in' || of === 'out') && figure.plan === null ? null : figure
}

/** From which row on an address asks for a list. */
export function readOffset({ from }: Query): number {
  return typeof from === 'string' && /^\d{1,6}$/.test(from) ? Number(from) : 0
}

export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{3}$/.test(value)
}

const ADDS_MONEY: ReadonlySet<string> = new Set([
  ...['closing', 'new', 'expansion', 'contraction', 'churn', 'reactivation', 'in', 'out'],
])

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}
