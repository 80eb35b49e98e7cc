import { env } from '@/lib/env'
import { safePath } from './safe-path'

/** The address at APP_URL that a sign-in leads to, whatever it was asked to lead to. */
export function ownUrl(asked: string): string {
  const { appUrl } = env()
  return appUrl + safePath(asked.startsWith(`${appUrl}/`) ? asked.slice(appUrl.length) : asked)
}
