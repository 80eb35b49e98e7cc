import { FORM_OWNER, sealFormOwner } from '@/lib/auth/form-owner'
import type { UserId } from '@/lib/ids'

type Props = { of: UserId; at?: 'own' | 'console' }

/**
 * Stands in each form that takes text: what was typed is given back to this user alone, should the
 * session have ended.
 */
export function FormOwner({ of, at }: Props) {
  return <input type="hidden" name={FORM_OWNER} value={sealFormOwner(of, at)} />
}
