import { inSchema } from '@/lib/env-schema'
import { given } from './given'

/** The address of a database that was given, in the schema of DATABASE_SCHEMA. */
export function givenDatabase(
  variable: 'DATABASE_URL' | 'DIRECT_DATABASE_URL',
): string | undefined {
  const url = given(variable)
  return url && inSchema(url, given('DATABASE_SCHEMA'))
}
