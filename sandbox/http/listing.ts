import { ApiError } from './api-error'
import { either, hash, instant, integer, text } from './rules'

/** The parameters of every list. */
export const paging = {
  limit: integer(1, 100),
  starting_after: text(),
  ending_before: text(),
}

const DEFAULT_LIMIT = 10

export interface Paging {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

/**
 * One page of the rows that match. `rows` come in the order in which they were made, and pages
 * show the newest first. A cursor may name a row that does not match: only its place counts.
 */
export function page<T extends { id: string }>(
  rows: readonly T[],
  asked: Paging,
  url: string,
  matches: (row: T) => boolean = () => true,
) {
  return pageInOrder([...rows].reverse(), asked, url, matches)
}

/** As `page`, for rows that are already in the order in which they are shown. */
export function pageInOrder<T extends { id: string }>(
  rows: readonly T[],
  asked: Paging,
  url: string,
  matches: (row: T) => boolean = () => true,
) {
  const limit = asked.limit ?? DEFAULT_LIMIT
  const { ending_before: end, starting_after: start } = asked
  if (end !== undefined) {
    const before = rows.slice(0, position(rows, end, 'ending_before')).filter(matches)
    return {
      object: 'list' as const,
      data: before.slice(-limit),
      has_more: before.length > limit,
      url,
    }
  }
  const from = start === undefined ? 0 : position(rows, start, 'starting_after') + 1
  const after = rows.slice(from).filter(matches)
  return {
    object: 'list' as const,
    data: after.slice(0, limit),
    has_more: after.length > limit,
    url,
  }
}

/** A filter on an instant: the very second, or bounds. */
export function range() {
  return either(instant(), hash({ gt: instant(), gte: instant(), lt: instant(), lte: instant() }))
}

type Range = number | { [bound in 'gt' | 'gte' | 'lt' | 'lte']?: number | undefined }

/** Whether `at` is in the range; anything is when none was given. */
export function within(at: number, asked: Range | undefined): boolean {
  if (asked === undefined) return true
  if (typeof asked === 'number') return at === asked
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = asked
  return at > gt && at >= gte && at < lt && at <= lte
}

function position(rows: readonly { id: string }[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id)
  if (index >= 0) return index
  throw ApiError.invalid(`No such object: '${id}'`, param, 'resource_missing')
}
