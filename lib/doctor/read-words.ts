import { type Env, parseEnv } from '@/lib/env'
import { understand } from '@/lib/env-aliases'
import { EnvironmentError } from '@/lib/env-error'
import type { Given } from '@/lib/env-given'
import { appEnvOf } from '@/lib/env-given'
import type { Words } from './check'

/** What can be said of a set of variables; `env` is null when no server would start with them. */
export function readWords(source: Given, nodeVersion: string): { words: Words; env: Env | null } {
  const named = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const { variables, remarks } = understand(named)
  const given = { ...variables, APP_ENV: appEnvOf(variables) }
  const words = { given, nameRemarks: remarks, nodeVersion }
  try {
    return { words: { ...words, problems: [] }, env: parseEnv(source) }
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    return { words: { ...words, problems: error.problems }, env: null }
  }
}
