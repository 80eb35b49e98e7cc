import { setPriority } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { judgeBytes, WEIGHED } from './build/judge-bytes'
import { pageBytes } from './build/page-bytes'
import { sealBuild } from './build/seal'
import { completeStandalone } from './build/standalone'
import { strayStripe } from './build/stripe-pages'
import { ROOT, tool } from './stack/paths'
import { runHere } from './stack/run'

/**
 * `npm run build [-- --standalone]`: the production build, with the scripts of its pages named in the policy
 * that is sent with them, and their bytes in a table. A page that is too heavy, or
 * loads Stripe.js and need not, fails it. With --standalone
 * also `.next/standalone`, which runs by `node server.js` alone. With --checked the types are not checked
 * again, and what would make a next build quicker is not written. With --humble it lets others have the
 * processor first.
 */
const { values } = parseArgs({
  options: {
    standalone: { type: 'boolean', default: false },
    checked: { type: 'boolean', default: false },
    humble: { type: 'boolean', default: false },
  },
})
// What it starts has the same priority. Ten is the default of `nice`.
if (values.humble) setPriority(10)
const env = {
  ...process.env,
  ...(values.standalone ? { BUILD_STANDALONE: '1' } : {}),
  ...(values.checked ? { BUILD_CHECKED: '1' } : {}),
}
process.exitCode = await runHere(tool('next/dist/bin/next', 'build'), env)
if (process.exitCode === 0) {
  const dist = join(ROOT, '.next')
  console.log(`${sealBuild(dist)} inline scripts named by their hashes.\n`)
  if (values.standalone) console.log(`${completeStandalone(ROOT)} runs by \`node server.js\`.\n`)
  const { table, faults } = judgeBytes(WEIGHED.map((page) => pageBytes(dist, page)))
  console.log(table)
  const wrong = [...faults, ...strayStripe(dist)]
  for (const fault of wrong) console.error(fault)
  if (wrong.length > 0) process.exitCode = 1
}
