import { join } from 'node:path'
import { judgeBytes, WEIGHED } from './build/judge-bytes'
import { pageBytes } from './build/page-bytes'
import { sealBuild } from './build/seal'
import { ROOT, tool } from './stack/paths'
import { runHere } from './stack/run'

/**
 * `npm run build`: the production build, with the scripts of its pages named in the policy that is sent with
 * them, and their bytes in a table. A page that is too heavy fails it.
 */
process.exitCode = await runHere(tool('next/dist/bin/next', 'build'))
if (process.exitCode === 0) {
  const dist = join(ROOT, '.next')
  console.log(`${sealBuild(dist)} inline scripts named by their hashes.\n`)
  const { table, faults } = judgeBytes(WEIGHED.map((page) => pageBytes(dist, page)))
  console.log(table)
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
}
