import { existsSync, readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'

export type Counts = { passed: number; failed: number }

/** Forgets a report of an earlier run, so that a runner that dies early is not counted by it. */
export function forget(file: string): void {
  rmSync(file, { force: true })
}

/** How many tests passed and failed, from a JSON report of vitest or Playwright. */
export function countTests(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 0 }
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  if ('stats' in report) return { passed: report.stats.expected, failed: report.stats.unexpected }
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}

const Report = z.union([
  z.object({ stats: z.object({ expected: z.number(), unexpected: z.number() }) }),
  z.object({ numPassedTests: z.number(), numFailedTests: z.number() }),
])
