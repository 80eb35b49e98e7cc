import { type FirstOperator, findFirstOperator } from '@/db/first-operator'
import type { Finding, Group } from '@/lib/doctor/check'
import { readWords } from '@/lib/doctor/read-words'
import { givenVariables } from '@/lib/env'
import { isVercel } from '@/lib/env-given'
import { inSchema } from '@/lib/env-schema'
import { lookAtSetup } from './look'
import { withoutHosts } from './without-hosts'

/** What any visitor may read of a check: its name, whether something is to do, and what. */
export type Step = Pick<Finding, 'id' | 'title' | 'group' | 'status'> & {
  /** Why, of variables alone: those sentences hold names and no values. */
  why: string | null
  fix: string | null
}

export type Setup = { groups: { group: Group; steps: Step[] }[]; missing: number; advice: number }

/**
 * What is missing until this deployment can be used. Null once it is complete, or once the first operator
 * has signed in, who has `/console/health`: from then on there is no such page. Never throws.
 */
export async function readSetup(): Promise<Setup | null> {
  if (complete) return null
  looking ??= look().finally(() => {
    setTimeout(() => {
      looking = undefined
    }, KEPT_MS).unref()
  })
  return looking
}

// Any visitor may open it, and a look asks Stripe and a mail server: one look answers all who come meanwhile.
const KEPT_MS = 10_000

let complete = false
let looking: Promise<Setup | null> | undefined

/** Looks anew at the next call. */
export function forgetSetup(): void {
  complete = false
  looking = undefined
}

async function look(): Promise<Setup | null> {
  const { words, env } = readWords(givenVariables(), process.version)
  const { DATABASE_URL: url, DATABASE_SCHEMA: schema } = words.given
  const operator: FirstOperator | null = url ? await findFirstOperator(inSchema(url, schema)) : null
  complete = operator === 'there'
  if (complete) return null
  const steps = (await lookAtSetup(words, env, operator)).map((finding) =>
    asStep(finding, isVercel(words.given), (text) => withoutHosts(text, words.given)),
  )
  const count = (status: Step['status']) => steps.filter((step) => step.status === status).length
  const [missing, advice] = [count('fail'), count('warn')]
  if (missing + advice === 0) return null
  const groups = [...new Set(steps.map(({ group }) => group))]
  return {
    ...{ missing, advice },
    groups: groups.map((group) => ({ group, steps: steps.filter((one) => one.group === group) })),
  }
}

function asStep(
  { id, title, group, status, detail, fix }: Finding,
  onVercel: boolean,
  clean: (text: string) => string,
): Step {
  const why = group === 'Variables' && fix !== null ? clean(detail) : null
  const todo = onVercel && STORES.test(why ?? '') ? FROM_STORAGE : fix
  return { id, title, group, status, why, fix: todo === null ? null : clean(todo) }
}

// There no one has to copy what the Marketplace gives.
const STORES = /\b(DATABASE_URL|UPSTASH_REDIS_REST_URL) is missing/
const FROM_STORAGE =
  'Under Storage of the project, add Neon for Postgres and Upstash for Redis: they bring these variables. Then deploy again.'
