import type { Given } from '@/lib/env-given'
import type { Places } from './places'

/** What one look says. Everything but `ok` and `skip` comes with what to do. */
export type Verdict = { detail: string } & (
  | { status: 'ok' | 'skip'; fix: null }
  | { status: 'warn' | 'fail'; fix: string }
)

/** What a person or a program reads of a check. */
export type Finding = { id: string; title: string; group: Group } & Verdict

export type Group = 'Variables' | 'Postgres' | 'Redis' | 'Stripe' | 'Application' | 'Work'

/** What can be said before anything is reached. */
export type Words = {
  /** The variables as they were given, under our names. */
  given: Given
  /** Why a server would not start with them: a sentence each, which begins with the variable. */
  problems: readonly string[]
  /** Two names of one variable that say different things. */
  nameRemarks: readonly string[]
  nodeVersion: string
}

export type Check = {
  id: string
  title: string
  group: Group
  /** The id of another check: while that fails, this one can say nothing. */
  after?: string
} & (
  | { needs: 'words'; look(words: Words): Verdict }
  | { needs: 'places'; look(places: Places): Verdict | Promise<Verdict> }
)

/** All is well; `detail` says what was seen. */
export function ok(detail: string): Verdict {
  return { status: 'ok', detail, fix: null }
}

/** It does not apply here, or cannot be seen from here. */
export function skip(detail: string): Verdict {
  return { status: 'skip', detail, fix: null }
}

/** It works, and the operator should know. */
export function warn(detail: string, fix: string): Verdict {
  return { status: 'warn', detail, fix }
}

/** It does not work, and `fix` says what to do. */
export function fail(detail: string, fix: string): Verdict {
  return { status: 'fail', detail, fix }
}
