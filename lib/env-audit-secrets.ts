import { listed } from './env-values'

type Given = { AUDIT_SECRET?: string | undefined; AUTH_SECRET: string }

/** The first seals, all of them check. AUTH_SECRET is no list: whatever it holds is one secret. */
export function auditSecrets({ AUDIT_SECRET, AUTH_SECRET }: Given): [string, ...string[]] {
  const [first = AUTH_SECRET, ...earlier] = AUDIT_SECRET ? listed(AUDIT_SECRET) : []
  return [first, ...earlier]
}
