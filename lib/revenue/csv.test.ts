import { expect, it } from 'vitest'
import { csv } from './csv'

it('a table is written as RFC 4180 has it', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['x, "y"', 1],
        [null, 'two\nlines'],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",1\r\n,"two\nlines"\r\n')
})

it('a cell that a spreadsheet would run is text, and a number below nothing stays a number', () => {
  expect(csv(['a'], [['=1+1'], ['@SUM(A1)'], ['+1'], ['-1'], [-1]])).toBe(
    "a\r\n'=1+1\r\n'@SUM(A1)\r\n'+1\r\n'-1\r\n-1\r\n",
  )
})
