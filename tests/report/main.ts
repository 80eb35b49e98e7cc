import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { PAGES } from './parts'
import { breakagePage, type PagePath } from './table'

/** `npm run breakage`: writes what the tests say of failures into its pages of docs/reference/. */
for (const path of Object.keys(PAGES)) {
  // Safe: the keys of PAGES are its paths.
  writeFileSync(join(ROOT, path), breakagePage(path as PagePath))
  console.log(`${path} is written.`)
}
