import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const APP_FOLDER = join(process.cwd(), 'app')

// A text that is asked for, as far as the tags say it.
const TEXT = /<(textarea|select|input(?![^>]*type="(hidden|checkbox|radio)"))[\s\n]/

test('every form that takes text says whose it is', () => {
  const files = readdirSync(APP_FOLDER, { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter((path) => path.endsWith('.tsx') && !path.includes('.test.'))
    .map((path) => ({ path, text: readFileSync(join(APP_FOLDER, path), 'utf8') }))
  const silent = texts.filter(
    ({ text }) =>
      TEXT.test(text) && text.includes('action={') && !/<(FormOwner|ReasonField)/.test(text),
  )
  expect(silent.map(({ path }) => path).sort()).toEqual([
    // A list that is looked through, by its address.
    'console/choose.tsx',
    // Before signing in there is no one yet whose it could be.
    'sign-in/email-form.tsx',
  ])
})
