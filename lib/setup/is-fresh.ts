import { findFirstOperator } from '@/db/first-operator'
import { understand } from '@/lib/env-aliases'
import type { EnvironmentError } from '@/lib/env-error'
import { appEnvOf, type Given, isDeployed } from '@/lib/env-given'
import { inSchema } from '@/lib/env-schema'

/**
 * Whether a deployment that cannot start is only not set up yet: variables are not set, none is wrong, and
 * no operator was ever here. One that was in use and lost a variable is not fresh.
 */
export async function isFresh(error: EnvironmentError, source: Given): Promise<boolean> {
  const { variables } = understand(source)
  if (!error.onlyUnset || !isDeployed(appEnvOf(variables))) return false
  const { DATABASE_URL: url, DATABASE_SCHEMA: schema } = variables
  return !url || (await findFirstOperator(inSchema(url, schema))) !== 'there'
}
