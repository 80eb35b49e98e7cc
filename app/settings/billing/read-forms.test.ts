import { expect, test } from 'vitest'
import { readCancelForm, readMonths } from './read-forms'

const form = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

test('the reason for canceling is optional, and one of Stripe’s own words', () => {
  expect(readCancelForm(form({ when: 'period_end' }))).toEqual({
    ...{ when: 'period_end', feedback: null, comment: null },
  })
  const said = form({ when: 'now', feedback: 'unused', comment: ' Too busy. ' })
  expect(readCancelForm(said)).toEqual({ when: 'now', feedback: 'unused', comment: 'Too busy.' })
  expect(readCancelForm(form({ when: 'now', feedback: 'sub_1' })).feedback).toBeNull()
})

test('a form that does not say when the plan ends cancels nothing', () => {
  expect(() => readCancelForm(form({ subscription: 'sub_1' }))).toThrow()
})

test('months that are no number are none that is offered', () => {
  expect(readMonths(form({ months: '2' }))).toBe(2)
  expect(readMonths(form({ months: 'many' }))).toBeNaN()
  expect(readMonths(form({}))).toBeNaN()
})
