import { expect, test } from 'vitest'
import { readGrant, readWithhold } from './read-acts'

const WORKSPACE = 'f0000000-0000-4000-8000-00000000000a'

function form(until: string): FormData {
  const given = new FormData()
  const fields = {
    ...{ workspace: WORKSPACE, seen: '3', reason: 'They wrote to us' },
    ...{ what: 'feature:api_access', until },
  }
  for (const [name, value] of Object.entries(fields)) given.set(name, value)
  return given
}

test.each(['2100-12-31', '2028-02-29'])('%s is the end of that day in UTC', (day) => {
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  expect(readGrant(form(day)).until).toEqual(end)
  expect(readWithhold(form(day)).until).toEqual(end)
})

// Postgres refuses what comes after the year 9999, once the act is on record.
test.each(['9999-12-31', '2101-01-01', '2027-02-29', '12027-01-01', 'tomorrow', ''])(
  '%j is no day to give or to take access until',
  (day) => {
    for (const read of [readGrant, readWithhold])
      expect(() => read(form(day))).toThrow(expect.objectContaining({ reason: 'console_until' }))
  },
)
