import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './stack/paths'

const sources = ['app', 'lib', 'db'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\./.test(path))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
)
const page = readFileSync(join(ROOT, 'docs/reference/log-fields.md'), 'utf8')

it('every field that a line of the log is given is explained in docs/reference/log-fields.md', () => {
  const rows = page.match(/^\| `.*$/gm) ?? []
  const explained = rows.flatMap((row) =>
    [...`${row.split('|')[1]}`.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  const written = [...new Set(sources.flatMap(fieldsIn))]
  expect(written.length).toBeGreaterThan(15)
  expect(written.filter((name) => !explained.some((one) => one === name))).toEqual([])
})

// The names of the outermost object: what stands within braces or parentheses is a value.
function fieldsIn(text: string): string[] {
  return [...text.matchAll(/\blog\.(?:info|warn|error)\(\s*\{/g)].flatMap(({ index, 0: head }) => {
    const names: string[] = []
    let depth = 1
    let word = ''
    let isName = true
    for (const char of text.slice(index + head.length)) {
      if ('{(['.includes(char)) depth += 1
      if ('})]'.includes(char)) depth -= 1
      if (depth === 1 && isName && /[:,]/.test(char)) names.push(word.trim())
      if (depth === 0 && isName) names.push(word.trim())
      if (depth === 0) break
      if (depth === 1 && char === ',') isName = true
      if (depth === 1 && char === ':') isName = false
      word = /[,{]/.test(char) ? '' : word + char
    }
    return names.filter((name) => /^\w+$/.test(name))
  })
}
