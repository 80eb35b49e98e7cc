import type { Figure, FigureName } from '@/db/queries/revenue-lists'
import { EXPLAINED } from './explain'

export type { Figure, FigureName }

/** A number without narrower choices. */
export function figureOf(of: FigureName, date: string, currency: string | null): Figure {
  return { of, date, currency, plan: null, cohort: null, cause: null }
}

/** Whether a word names a number that has a list. */
export function isFigureName(word: unknown): word is FigureName {
  return typeof word === 'string' && Object.hasOwn(EXPLAINED, word)
}
