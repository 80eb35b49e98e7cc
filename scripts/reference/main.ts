import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { REFERENCE_PAGES } from './pages'

/** `npm run docs:reference`: writes the pages of the reference anew, from the code. */
for (const [path, page] of Object.entries(REFERENCE_PAGES)) {
  writeFileSync(join(ROOT, path), page())
  console.log(`${path} is written.`)
}
