import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'

/** One thing that breaks, what a user or an operator sees of it, and the test that proves it. */
export type Breakage = { failure: string; sees: string; file: string; test: string }

/**
 * Everything that tests say of what breaks, in the order of their files. A test says it in the line
 * above itself: `// breakage: what fails | what a customer or Stripe sees`.
 * @throws {Error} a line that has no test below it, or not two parts
 */
export function collectBreakages(): Breakage[] {
  const files = FOLDERS.flatMap((folder) => testsIn(join(ROOT, folder))).sort()
  return files.flatMap((file) => breakagesIn(relative(ROOT, file), readFileSync(file, 'utf8')))
}

const FOLDERS = ['app', 'lib', 'db', 'scripts', 'tests', 'sandbox', 'e2e']

// The steps of the kill test and the sentences of the burst and of the poolers are proofs without a test runner.
const PROOFS = /\.(test|spec)\.tsx?$|^tests\/(crash\/crash-points|load\/judge|pooler\/judge)\.ts$/

function testsIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return testsIn(path)
    return PROOFS.test(relative(ROOT, path)) ? [path] : []
  })
}

/** What one file's tests say. */
export function breakagesIn(file: string, source: string): Breakage[] {
  const lines = source.split('\n')
  return lines.flatMap((line, at) => {
    const words = /^\s*\/\/ breakage: (.+)$/.exec(line)?.[1]
    if (!words) return []
    const [failure, sees, ...more] = words.split(' | ')
    const test = titleBelow(lines.slice(at + 1))
    if (!failure || !sees || more.length > 0 || !test) {
      throw new Error(`${file}:${at + 1} wants "what fails | what is seen" and a test below it.`)
    }
    return [{ failure, sees, file, test }]
  })
}

// The first words in quotes after `it(`, `test(` or `soak(`, which may stand on a line of their own, or
// after the table of an `it.each`; or the name of a step.
function titleBelow(lines: string[]): string | null {
  const named = /^\s*(?:\{\s*)?(?:name|sentence): (['"`])(.+?)\1,$/m.exec(
    lines.slice(0, 2).join('\n'),
  )
  if (named) return named[2] ?? null
  const below = lines.slice(0, 40).join('\n')
  const call = /^\s*(?:it|test|soak)(?:\.each)?[<(]/.exec(below)
  if (!call) return null
  const title = /(?:^|[(\s])(['"`])((?:(?!\1).){12,})\1,?\s*(?:,|async|\()/s.exec(below)
  return title?.[2] ?? null
}
