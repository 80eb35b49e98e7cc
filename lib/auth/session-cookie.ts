import { env } from '@/lib/env'

/** next-auth's name for it (@auth/core lib/utils/cookie): the prefix makes browsers insist on https. */
export function sessionCookieName(): string {
  return `${env().appUrl.startsWith('https://') ? '__Secure-' : ''}authjs.session-token`
}
