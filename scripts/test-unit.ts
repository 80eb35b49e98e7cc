import { tool } from './stack/paths'
import { runHere } from './stack/run'

/** `npm run test:unit [-- …]`: the tests beside the files, pure ones and those on a real Postgres. */
process.exitCode = await runHere(tool('vitest/vitest.mjs', 'run', ...process.argv.slice(2)))
