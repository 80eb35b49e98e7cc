import { findFirstOperator } from '@/db/first-operator'
import { withDeadline } from '@/lib/deadline'
import { appEnvOf } from '@/lib/env'
import { understand } from '@/lib/env-aliases'
import type { EnvironmentError } from '@/lib/env-error'
import { type Given, isDeployed } from '@/lib/env-given'

/**
 * Whether a deployment that cannot start is only not set up yet: variables are not set, none is wrong, and
 * no operator was ever here. One that was in use and lost a variable is not fresh.
 */
export async function isFresh(error: EnvironmentError, source: Given): Promise<boolean> {
  const { variables } = understand(source)
  if (!error.onlyUnset || !isDeployed(appEnvOf(variables))) return false
  return !variables.DATABASE_URL || (await lookSoon(variables.DATABASE_URL)) !== 'there'
}

// Milliseconds. A start must not hang on a database that does not answer.
const PATIENCE = 5_000

async function lookSoon(url: string) {
  const late = () => new Error('the database did not answer')
  return withDeadline(findFirstOperator(url), PATIENCE, late).catch(() => 'away' as const)
}
