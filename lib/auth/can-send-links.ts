import { env } from '@/lib/env'

/** Whether a link can reach its user: by mail, or captured beside a sandbox. */
export function canSendLinks(): boolean {
  return env().email.server !== null || env().devTools
}
