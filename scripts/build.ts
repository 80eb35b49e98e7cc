import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sealBuild } from './build/seal'
import { completeStandalone } from './build/standalone'
import { ROOT, tool } from './stack/paths'
import { runHere } from './stack/run'

/**
 * `npm run build [-- --standalone]`: the production build, with the scripts of its pages named in the policy
 * that is sent with them. With --standalone also `.next/standalone`, which runs by `node server.js` alone.
 */
const { values } = parseArgs({ options: { standalone: { type: 'boolean', default: false } } })
const env = { ...process.env, ...(values.standalone ? { BUILD_STANDALONE: '1' } : {}) }
process.exitCode = await runHere(tool('next/dist/bin/next', 'build'), env)
if (process.exitCode === 0) {
  console.log(`${sealBuild(join(ROOT, '.next'))} inline scripts named by their hashes.`)
  if (values.standalone) console.log(`${completeStandalone(ROOT)} runs by \`node server.js\`.`)
}
