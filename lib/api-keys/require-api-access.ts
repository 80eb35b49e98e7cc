import type { Entitlements } from '@/lib/entitlements/answer'
import { demand } from '@/lib/entitlements/require-feature'
import { Forbidden, PlanRequired } from '@/lib/errors'

/**
 * Lets a key pass while its workspace's plan has `api_access`: a key lives no longer than what was paid for.
 * @throws {Forbidden} it has not: a program cannot buy a plan, so the error names the plan that its users need
 */
export function requireApiAccess(current: Entitlements): void {
  try {
    demand(current, 'api_access')
  } catch (error) {
    if (error instanceof PlanRequired) throw new Forbidden('api_key_without_plan', error.needs)
    throw error
  }
}
