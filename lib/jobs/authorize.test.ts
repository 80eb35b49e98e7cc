import { expect, it } from 'vitest'
import { isCron } from './authorize'

const SECRET = 'b64/0kq5Qn6yJm3vVvqk1dDq8r0u1Zy2w3'

it('a job with the secret comes in', () => {
  expect(isCron(`Bearer ${SECRET}`, SECRET)).toBe(true)
})

it.each([
  ['nothing', null],
  ['an empty header', ''],
  ['the secret alone', SECRET],
  ['another scheme', `Basic ${SECRET}`],
  ['a scheme in another case', `bearer ${SECRET}`],
  ['half of the secret', `Bearer ${SECRET.slice(0, -1)}`],
  ['more than the secret', `Bearer ${SECRET} `],
  ['Bearer and nothing', 'Bearer '],
  ['Bearer undefined', 'Bearer undefined'],
])('%s does not come in', (_, authorization) => {
  expect(isCron(authorization, SECRET)).toBe(false)
})

it.each([null, ''])(
  'without a configured secret (%j) every caller is refused, whatever it sends',
  (secret) => {
    for (const said of ['Bearer undefined', 'Bearer null', 'Bearer ', 'Bearer', '', null]) {
      expect(isCron(said, secret)).toBe(false)
    }
  },
)
