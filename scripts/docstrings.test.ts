import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isForTests } from './imports/import-graph.fixture'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

it('each function that lib/ and db/ give away says what it answers', () => {
  const silent = [...projectFiles(/\.ts$/, 'lib'), ...projectFiles(/\.ts$/, 'db')]
    .filter((file) => !isForTests(file))
    .flatMap((file) => {
      const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
      return lines.flatMap((line, n) => {
        const [, name] = /^export (?:async )?function\*? ?(\w+)/.exec(line) ?? []
        return name && !/^(\/\/|.*\*\/$)/.test(lines[n - 1] ?? '') ? [`${file}: ${name}`] : []
      })
    })
  expect(silent).toEqual([])
})
