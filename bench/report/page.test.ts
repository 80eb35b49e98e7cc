import { expect, test } from 'vitest'
import { withSection } from './page'

const PAGE = '# Benchmarks\n\nWords.\n\n## The webhook\n\nOld.\n\n## The rest\n\nMore.\n'

test('a section that is measured alone takes the place of the one before, and no other', () => {
  expect(withSection(PAGE, '## The webhook\n\nNew.')).toBe(PAGE.replace('Old.', 'New.'))
})

test('a section that the page did not have comes at its end', () => {
  expect(withSection(PAGE, '## The access check\n\nNew.')).toBe(
    `${PAGE}\n## The access check\n\nNew.\n`,
  )
})
