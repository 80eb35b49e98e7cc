import { withDeadline } from '@/lib/deadline'
import { failureText } from '@/lib/log'
import { type Check, type Finding, fail, skip, type Verdict, type Words } from './check'
import { CHECKS } from './checks'
import type { Places } from './places'

/** What is looked at: the variables, and, where a server would start with them, what they lead to. */
export type Patient = { words: Words; places: Places | null }

/**
 * Looks at everything, one after the other, in the order of what needs what. Changes nothing, but for the
 * stored event of app/round-trip.ts: one an hour at most. Never throws: a look that fails says so.
 * @param only ids; what they come after is looked at, too
 */
export async function examine(patient: Patient, only: readonly string[] = []): Promise<Finding[]> {
  const found: Finding[] = []
  for (const check of CHECKS.filter(({ id }) => only.length === 0 || neededBy(only).has(id))) {
    const { id, title, group } = check
    const verdict = await lookAt(check, patient, found)
    found.push({ id, title, group, ...withoutSecrets(verdict, patient.words) })
  }
  return only.length === 0 ? found : found.filter(({ id }) => only.includes(id))
}

/** The ids of these checks, and of all that they come after. */
function neededBy(ids: readonly string[]): Set<string> {
  const above = CHECKS.filter(({ id }) => ids.includes(id)).flatMap(({ after }) => after ?? [])
  return new Set(above.length > 0 ? [...ids, ...neededBy(above)] : ids)
}

async function lookAt(
  check: Check,
  { words, places }: Patient,
  found: Finding[],
): Promise<Verdict> {
  if (check.needs === 'words') return check.look(words)
  if (!places) return skip('not looked at: no server starts with these variables')
  const before = found.find(({ id }) => id === check.after)
  if (before?.status === 'fail' || before?.detail.startsWith(NOT_LOOKED))
    return skip(`${NOT_LOOKED} ${before.title} first`)
  try {
    return await withDeadline(Promise.resolve(check.look(places)), PATIENCE_MS, () => {
      return new Error(`no answer in ${PATIENCE_MS / 1000} s`)
    })
  } catch (error) {
    return fail(
      `could not look: ${failureText(error)}`,
      `See to it, and run \`npm run doctor -- --only ${check.id}\` again.`,
    )
  }
}

const NOT_LOOKED = 'not looked at:'

// A person watches. What takes longer is as good as away.
const PATIENCE_MS = 20_000

const EMAIL = /[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"',;]+/g
const KEY = /\b(sk|rk|rkcs|pk|whsec)_[\w*]+/g

// Servers like to quote what they were sent. A short value would tear holes into words.
function withoutSecrets(verdict: Verdict, { given }: Words): Verdict {
  const secrets = Object.entries(given).flatMap(([name, value]) =>
    value && value.length >= 8 && /SECRET|TOKEN|KEY|PASSWORD|HEADERS/.test(name) ? [value] : [],
  )
  const clean = (text: string) =>
    [...secrets, ...passwords(given)]
      .reduce((left, secret) => left.replaceAll(secret, '…'), text)
      .replace(EMAIL, '…')
      .replace(KEY, '$1_…')
  const detail = clean(verdict.detail)
  return verdict.fix === null
    ? { ...verdict, detail }
    : { ...verdict, detail, fix: clean(verdict.fix) }
}

function passwords(given: Words['given']): string[] {
  const urls = Object.values(given).flatMap((value) =>
    value && URL.canParse(value) ? [new URL(value)] : [],
  )
  return urls.map(({ password }) => password).filter((password) => password.length >= 4)
}
