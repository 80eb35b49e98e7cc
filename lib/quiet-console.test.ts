import { beforeEach, expect, test, vi } from 'vitest'
import { log } from './log'
import { quietConsole } from './quiet-console'

const output = {
  error: vi.fn<(...parts: unknown[]) => void>(),
  warn: vi.fn<(...parts: unknown[]) => void>(),
}
const error = vi.spyOn(log, 'error')
const warn = vi.spyOn(log, 'warn')

beforeEach(() => {
  error.mockClear()
  warn.mockClear()
  quietConsole(output)
})

test('what Next prints about a page that failed is one line, with the reference that the visitor sees', () => {
  const failure = Object.assign(new Error('the page failed'), { digest: '1234567' })
  output.error('\u001b[31m⨯\u001b[39m', failure)
  expect(error).toHaveBeenCalledExactlyOnceWith(
    { digest: '1234567', at: expect.any(Array) },
    'Error: the page failed',
  )
  expect(JSON.stringify(error.mock.calls)).not.toContain('\\n')
})

test('a thousand posts to actions that do not exist are ten lines, however they name them', () => {
  for (let n = 0; n < 1000; n++) {
    output.warn(new Error(`Failed to find Server Action "${n}abc${n}". This request might be old.`))
  }
  expect(warn).toHaveBeenCalledTimes(10)
})

test('a flood of one kind hides no other failure', () => {
  for (let n = 0; n < 1000; n++) output.warn(new Error(`Failed to find Server Action "${n}".`))
  output.error('⨯', new Error('the database is gone'))
  expect(error).toHaveBeenCalledOnce()
})

test('a client that varies every line gets a hundred in a minute', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  for (const one of letters) for (const two of letters) output.error(`${one}${two}`)
  expect(error).toHaveBeenCalledTimes(100)
})

test('a line is no longer than a line', () => {
  output.error('x'.repeat(100_000))
  expect(String(error.mock.calls[0]?.[1]).length).toBe(500)
})

test('what failed in a query is the driver’s word, without the parameters', () => {
  const failure = Object.assign(new Error('Failed query: select ada@example.com'), {
    query: 'select $1',
    cause: new Error('connection refused'),
  })
  output.error('⨯', failure)
  expect(error.mock.calls[0]?.[1]).toBe('Error: connection refused')
  expect(JSON.stringify(error.mock.calls)).not.toContain('ada@')
})
