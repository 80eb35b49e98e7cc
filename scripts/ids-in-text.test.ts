import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

// What people read: pages, refusals, emails, the doctor, and what the trail is said to be about.
const READ =
  /^(app\/.+|lib\/(refusals|mail|doctor|catalog)\/.+|lib\/console\/sentence|lib\/customers\/tax-id-types)\.tsx?$/

// A sentence in quotes or between tags, or a line of a longer one.
const TEXTS = [
  /(['"`>])((?:(?!\1)[^<>{}=:;()])*\bids?\b(?:(?!\1)[^<>{}=:;()])*)(?:\1|<)/g,
  /^()\s+(?!return )([\w’,.]+(?: [\w’,.]+)* ids?\b[\w’,. ]*)$/g,
]

it('an ID is written in capitals wherever it is read', () => {
  const found = projectFiles(/\.tsx?$/)
    .filter((file) => READ.test(file) && !/\.(test|fixture)\.tsx?$/.test(file))
    .flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(\/\/|\*|\/\*\*|import )/.test(line))
        .flatMap((line) => textsOf(line).map((text) => `${file}: ${text}`)),
    )
  expect(found).toEqual([])
})

// A word by itself is the name of a field, and no sentence.
function textsOf(line: string): string[] {
  return TEXTS.flatMap((text) => [...line.matchAll(text)])
    .map(([, , said = '']) => said.trim())
    .filter((said) => said.includes(' '))
}
