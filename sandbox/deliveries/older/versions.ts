/** The first version of each name: what came before it had the older shape. */
export const BASIL = '2025-03-31'
export const CLOVER = '2025-09-30'
export const DAHLIA = '2026-03-25'
export const ENDIVE = '2026-09-30'

/** One version before each change of shape that is played: what an endpoint of those days gets. */
export const OLDER_VERSIONS = [
  '2024-06-20',
  '2025-08-27.basil',
  '2025-11-17.clover',
  '2026-04-22.dahlia',
] as const

/** Whether a version, such as `2024-06-20` or `2025-08-27.basil`, is from before a day. */
export function isBefore(version: string, day: string): boolean {
  return version.slice(0, day.length) < day
}
