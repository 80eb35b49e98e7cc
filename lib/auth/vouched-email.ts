import { Invalid } from '@/lib/errors'
import { normalizeEmail } from './email-address'

/** The address that another site gives, spelled as ours; null for one that we could not write to. */
export function vouchedEmail(value: unknown): string | null {
  if (typeof value !== 'string') return null
  try {
    return normalizeEmail(value)
  } catch (error) {
    if (error instanceof Invalid) return null
    throw error
  }
}
