import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AWAY } from '@/lib/refusals/away'
import { CARD } from '@/lib/refusals/card'
import { CONFLICTS } from '@/lib/refusals/conflicts'
import { INVALID } from '@/lib/refusals/invalid'
import { NOT_FOUND } from '@/lib/refusals/not-found'
import { PLAN } from '@/lib/refusals/plan'
import type { Sentence } from '@/lib/refusals/sentence'
import { SENTENCES } from '@/lib/refusals/sentences'
import { FORBIDDEN, NOT_SIGNED_IN, SIGNED_IN_AGAIN, SIGNED_OUT } from '@/lib/refusals/sign-in'
import { TOO_MANY } from '@/lib/refusals/too-many'
import { ROOT } from '@/scripts/stack/paths'
import { code, markdownTable } from './markdown-table'

/** docs/reference/errors.md: the eight errors, what a program is answered, and what a person reads. */
export function errorsPage(): string {
  const status = statuses()
  const grouped = Object.entries(GROUPS).flatMap(([error, groups]) =>
    groups.flatMap((group) =>
      Object.keys(group).map((reason): [string, string] => [reason, error]),
    ),
  )
  const errorOf = new Map([...grouped, ['other_address', 'forbidden'], ['unforeseen', 'internal']])
  return `# Errors and refusals

A verb throws one of eight errors (\`lib/errors.ts\`), each with a reason. A program is answered with the status and \`{"error": code}\`; an error that was not foreseen is 500, \`{"error":"internal","ref":…}\`, with the reference of its line in the log.

${markdownTable(
  ['code', 'status', 'when'],
  Object.entries(status).map(([name, number]) => [code(name), number, WHEN[name] ?? '']),
)}

A person reads a sentence for each reason (\`lib/refusals/\`): what happened, and what to do.

${markdownTable(
  ['reason', 'code', 'what happened', 'what to do'],
  Object.entries<Sentence>(SENTENCES).map(([reason, { title, advice }]) => [
    code(reason),
    placeOf(reason) ?? code(errorOf.get(reason) ?? ''),
    title,
    advice,
  ]),
)}
`
}

function placeOf(reason: string): string | null {
  if (Object.hasOwn(NOT_SIGNED_IN, reason)) return 'on the sign-in page'
  return Object.hasOwn(SIGNED_IN_AGAIN, reason) ? 'after signing in' : null
}

const GROUPS: Readonly<Record<string, readonly Record<string, Sentence>[]>> = {
  unauthenticated: [SIGNED_OUT],
  forbidden: [FORBIDDEN],
  not_found: [NOT_FOUND],
  conflict: [CONFLICTS],
  invalid: [INVALID],
  rate_limited: [TOO_MANY],
  payment_required: [PLAN, CARD],
  unavailable: [AWAY],
}

const WHEN: Readonly<Record<string, string>> = {
  unauthenticated: 'the visitor is not signed in, or the API key is none',
  forbidden: 'they are known, and may not do this',
  not_found: 'it does not exist, or is another user’s',
  conflict: 'it is not in the state that the request assumes',
  invalid: 'the input does not parse; `fields` says what is wrong',
  rate_limited: 'too many requests; `Retry-After` says when to come back',
  payment_required: 'the plan does not have it, or the bank said no',
  unavailable: 'Stripe or a store does not answer; try again',
}

function statuses(): Record<string, string> {
  const text = readFileSync(join(ROOT, 'app/api/api-route.ts'), 'utf8')
  const [, map = ''] = /const STATUS[^{]*\{([^}]*)\}/.exec(text) ?? []
  return Object.fromEntries(
    [...map.matchAll(/(\w+): (\d+)/g)].map(([, name = '', number = '']) => [name, number]),
  )
}
