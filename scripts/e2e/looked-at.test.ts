import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ELSEWHERE, OPEN, SIGNED_IN } from '@/e2e/pages/looked-at'
import { ROOT } from '@/scripts/stack/paths'

const routes = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|[\\/])page\.tsx$/.test(path))
  .map((path) => `/${path.replaceAll('\\', '/').replace(/\/?page\.tsx$/, '')}`)
const listed = [...OPEN, ...SIGNED_IN].map((path) => path.replace(/\?.*/, ''))

it('axe looks at every page', () => {
  const unseen = routes.filter(
    (path) =>
      !listed.includes(path) &&
      !Object.hasOwn(ELSEWHERE, path) &&
      // Read from the build by e2e/console.spec.ts.
      !/^\/console(\/|$)/.test(path),
  )
  expect(unseen, 'add each to OPEN, SIGNED_IN or ELSEWHERE in e2e/pages/looked-at.ts').toEqual([])
})

it('no page is listed that is not there', () => {
  expect([...listed, ...Object.keys(ELSEWHERE)].filter((path) => !routes.includes(path))).toEqual(
    [],
  )
})

it('a story that looks at a page elsewhere does run axe', () => {
  for (const file of Object.values(ELSEWHERE))
    expect(readFileSync(join(ROOT, 'e2e', file), 'utf8'), file).toContain('accessibilityProblems(')
})
