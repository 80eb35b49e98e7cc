import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

// A schema and its use in one expression, which ends where the next statement begins.
const BUILT_TO_PARSE =
  /\bz\s*\.\w+\((?:(?!\n\n|;|\n\s*(?:const|return|if)\b).)*?\)\s*\.(?:safeP|p)arse\(/gs

// A name that begins a line is read once, when its file is loaded.
const ONCE = /(?:^|\n)(?:export )?const \w+ =[^\n]*$/

it('a schema is built once: one that is built for each delivery costs more than what it checks', () => {
  const files = projectFiles(/\.tsx?$/).filter(
    (file) => /^(app|lib|db)\//.test(file) && !/\.test\./.test(file),
  )
  expect(files.length).toBeGreaterThan(500)
  expect(files.filter((file) => buildsToParse(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

it.each([
  ["const n = z.int().min(0).safeParse(own(object, 'n'))", true],
  ['return z\n    .object({ a: z.string() })\n    .parse(value)', true],
  ['const N = z.int()\nfunction read(value: unknown) {\n  return N.parse(value)\n}', false],
  ['const a = 1\n}\nconst N = z.int().parse(1)\nfunction g() {\n  return z.int().parse(2)', true],
])('%j: %s', (line, found) => {
  expect(buildsToParse(`function f() {\n  ${line}\n}`)).toBe(found)
})

function buildsToParse(text: string): boolean {
  return [...text.matchAll(BUILT_TO_PARSE)].some(({ index }) => !ONCE.test(text.slice(0, index)))
}
