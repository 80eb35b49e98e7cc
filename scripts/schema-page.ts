import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MARKS, schemaDiagram } from './schema-page/diagram'
import { ROOT } from './stack/paths'

/** `npm run db:diagram`: draws the tables into db/schema/README.md. */
const path = join(ROOT, 'db/schema/README.md')
const [before, rest = ''] = readFileSync(path, 'utf8').split(MARKS.begin)
const [, after = ''] = rest.split(MARKS.end)
writeFileSync(path, `${before}${MARKS.begin}\n\n${schemaDiagram()}\n\n${MARKS.end}${after}`)
console.log('db/schema/README.md is written.')
