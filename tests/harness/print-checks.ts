import type { Counts } from '@/scripts/test/counts'

export type Check = { name: string; holds: boolean; detail: string }

/** Prints what holds and what does not, each with its figures. */
export function printChecks(checks: readonly Check[]): Counts {
  for (const { name, holds, detail } of checks) {
    console.log(`${holds ? '✓' : '✗'} ${name}\n      ${detail}`)
  }
  const failed = checks.filter(({ holds }) => !holds).length
  return { passed: checks.length - failed, failed }
}
