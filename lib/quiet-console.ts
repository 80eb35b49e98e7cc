import { inspect, stripVTControlCharacters } from 'node:util'
import { LineLimit } from './line-limit'
import { failureText, log } from './log'

type Output = Pick<Console, 'error' | 'warn'>

/**
 * Puts what Next itself prints about requests into the log: a line each, a few of a kind in a minute. It
 * prints a stack for each form post that it cannot make sense of, which any client can send at any rate.
 */
export function quietConsole(
  output: Output,
  kinds = new LineLimit({ lines: 10, windowMs: 60_000 }),
  all = new LineLimit({ lines: 100, windowMs: 60_000 }),
): void {
  for (const level of ['error', 'warn'] as const) {
    output[level] = (...parts: unknown[]) => {
      const text = parts.map(textOf).filter(Boolean).join(' ')
      const leftOut = kinds.take(`${level} ${kindOf(text)}`)
      // A client that chooses the words can make each line a kind of its own; for all kinds there is one more limit.
      const leftOutOfAll = leftOut === null ? null : all.take('')
      if (leftOut === null || leftOutOfAll === null) return
      const left = leftOut + leftOutOfAll
      log[level]({ ...detailOf(parts), ...(left > 0 ? { leftOut: left } : {}) }, short(text))
    }
  }
}

function textOf(part: unknown): string {
  if (part instanceof Error) return failureText(part)
  const text = typeof part === 'string' ? stripVTControlCharacters(part) : inspect(part, SHALLOW)
  // The mark that Next puts before an error or a warning.
  return text.replace(/^\s*[⨯⚠]\s*/, '').trim()
}

const SHALLOW = { depth: 1, breakLength: Number.POSITIVE_INFINITY }

// Without what differs from request to request: what is quoted, and numbers.
function kindOf(text: string): string {
  return text
    .replace(/(["'`]).*?\1/g, '')
    .replace(/\d+/g, '')
    .slice(0, 40)
}

const short = (text: string) => text.slice(0, 500)

// The reference that the person is shown, and where it happened: the first line of a stack repeats the message.
function detailOf(parts: unknown[]): { digest?: string; at?: string[] } {
  const error = parts.find((part) => part instanceof Error)
  if (!error) return {}
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    ...('digest' in error ? { digest: String(error.digest).slice(0, 40) } : {}),
    ...(at.length > 0 ? { at: at.slice(0, 8).map((line) => line.trim().slice(0, 200)) } : {}),
  }
}
