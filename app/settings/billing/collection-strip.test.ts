import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { MONTHLY } from '@/app/dev/states/subscribers'
import { formatMoney } from '@/lib/money'
import { stateStrips } from './state-strips'

const state = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}
const strip = (name: string) => stateStrips(state(name))[0]

test('a pause that outlasted what was paid for is ended over an amount, and before that for nothing', () => {
  expect(strip('active, collection paused until a day')?.action).toMatchObject({ shown: '' })
  for (const [name, when] of [
    ['active, collection paused, and what was paid for is over', 'is charged for it at once'],
    ['active, a pause ended in a period that it let pass', 'is charged for it at once'],
    [
      'active, collection paused, and a renewal is a draft that would be charged',
      'for the period that has begun is charged within the hour',
    ],
  ] as const) {
    expect(strip(name)?.detail).toContain(`${formatMoney(MONTHLY)} ${when}`)
    expect(strip(name)?.action).toEqual({
      ...{ to: 'resume', label: `Resume for ${formatMoney(MONTHLY)}` },
      shown: `resumes ${MONTHLY.amount} ${MONTHLY.currency}`,
    })
    const [unknown] = stateStrips({ ...state(name), resumption: null })
    expect(unknown?.action).toMatchObject({ label: 'Resume plan', shown: '' })
    expect(unknown?.detail).toContain('is not known at this moment')
  }
})
