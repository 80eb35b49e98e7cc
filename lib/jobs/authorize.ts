import { isBearer } from '@/lib/requests/bearer'

/** Whether a request carries the cron secret; without a configured one nothing does. */
export function isCron(authorization: string | null, secret: string | null): boolean {
  return isBearer(authorization, secret)
}
