import { tool } from './stack/paths'
import { runHere } from './stack/run'

/** `npm run test:unit [-- …]`: the tests beside the files; with `--pure`, those alone that need no database. */
const given = process.argv.slice(2)
const wanted = given.filter((argument) => argument !== '--pure')
const pure = wanted.length < given.length ? ['--exclude', '**/*.db.test.ts'] : []
process.exitCode = await runHere(tool('vitest/vitest.mjs', 'run', ...pure, ...wanted))
