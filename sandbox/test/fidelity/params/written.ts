import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { absentText, unservedText } from './absent'
import { readmeTable, unsupportedText } from './table'

const README = fileURLToPath(new URL('../../../README.md', import.meta.url))
const TABLE = fileURLToPath(new URL('../../../http/unsupported.json', import.meta.url))
const UNSERVED = fileURLToPath(new URL('../../../http/unserved.json', import.meta.url))
const ABSENT = fileURLToPath(new URL('../../../objects/absent.json', import.meta.url))
const BETWEEN = /(<!-- parameters -->\n)[\s\S]*?(<!-- \/parameters -->)/

/** The files that are made from the SDK's types: what stands in them, and what has to. */
export function writtenFiles(): { path: string; is: string; wanted: string }[] {
  const readme = readFileSync(README, 'utf8')
  return [
    { path: TABLE, is: readFileSync(TABLE, 'utf8'), wanted: unsupportedText() },
    { path: UNSERVED, is: readFileSync(UNSERVED, 'utf8'), wanted: unservedText() },
    { path: ABSENT, is: readFileSync(ABSENT, 'utf8'), wanted: absentText() },
    {
      path: README,
      is: readme,
      wanted: readme.replace(BETWEEN, (_, open, close) => `${open}\n${readmeTable()}\n\n${close}`),
    },
  ]
}
