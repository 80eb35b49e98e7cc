import { join } from 'node:path'
import { sealBuild } from './build/seal'
import { ROOT, tool } from './stack/paths'
import { runHere } from './stack/run'

/** `npm run build`: the production build, with the scripts of its pages named in the policy that is sent with them. */
process.exitCode = await runHere(tool('next/dist/bin/next', 'build'))
if (process.exitCode === 0)
  console.log(`${sealBuild(join(ROOT, '.next'))} inline scripts named by their hashes.`)
