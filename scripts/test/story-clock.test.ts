import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'

// Sessions, signatures and names: what is of real time, whatever the sandbox's clock says.
const REAL_TIME: Readonly<Record<string, string>> = {
  'boot.spec.ts': 'an id that is not taken',
  'console.spec.ts': 'the age of a session, and the end of a role',
  'matrix.spec.ts': 'the end of a key',
  'mutations/signed-in.ts': 'the end of a session',
  'pages/records.ts': 'how long it has waited',
  'refusals.spec.ts': 'the instant of a signature',
  'settings.spec.ts': 'the age of a session',
  'stack/callers.ts': 'the end of a session',
  'stack/sign.ts': 'the instant of a signature',
}

test('a story asks the sandbox for the day, which other stories move, and not this machine', () => {
  const files = readdirSync(join(ROOT, 'e2e'), { recursive: true, encoding: 'utf8' })
  const asking = files
    .filter((path) => path.endsWith('.ts'))
    .filter((path) =>
      /Date\.now\(\)|new Date\(\)|\bnow\(\)/.test(readFileSync(join(ROOT, 'e2e', path), 'utf8')),
    )
  expect(asking.toSorted()).toEqual(Object.keys(REAL_TIME).toSorted())
})
