import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { breakageTable, MARKS } from './table'

/** `npm run breakage`: writes what the tests say of failures into docs/reliability.md. */
const path = join(ROOT, 'docs/reliability.md')
const page = readFileSync(path, 'utf8')
const [before, rest = ''] = page.split(MARKS.begin)
const [, after = ''] = rest.split(MARKS.end)
writeFileSync(path, `${before}${MARKS.begin}\n\n${breakageTable()}\n\n${MARKS.end}${after}`)
console.log('docs/reliability.md is written.')
