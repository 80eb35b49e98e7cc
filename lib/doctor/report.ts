import type { Finding } from './check'

/** What a person reads: a line for each check, aligned and grouped, and under it what to do. */
export function report(findings: readonly Finding[], color: boolean): string {
  const width = Math.max(...findings.map(({ title }) => title.length))
  const groups = [...new Set(findings.map(({ group }) => group))]
  const paint = color ? painted : (text: string) => text
  const line = ({ status, title, detail, fix }: Finding) => [
    `  ${paint(MARKS[status], COLORS[status])} ${title.padEnd(width)}  ${status === 'skip' ? paint(detail, 'dim') : detail}`,
    ...(fix ? [`    ${' '.repeat(width)}  ${paint(`→ ${fix}`, COLORS[status])}`] : []),
  ]
  const lines = groups.flatMap((group) => {
    const own = findings.filter((finding) => finding.group === group)
    const [first] = own
    // A group of which nothing could be looked at, for one reason, is one line.
    const same =
      own.length > 1 && own.every((one) => one.status === 'skip' && one.detail === first?.detail)
    const shown = same && first ? [{ ...first, title: `all ${own.length}` }] : own
    return ['', paint(group, 'bold'), ...shown.flatMap(line)]
  })
  return [...lines, '', summary(findings), ''].join('\n')
}

/** How many of each, in one line. */
function summary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) =>
    findings.filter((one) => one.status === status).length
  const parts = [
    `${count('ok')} ok`,
    `${count('warn')} to know`,
    `${count('fail')} to mend`,
    `${count('skip')} not for here`,
  ]
  return `${findings.length} checks: ${parts.join(', ')}`
}

const MARKS = { ok: '✓', warn: '!', fail: '✗', skip: '·' } as const
const COLORS = { ok: 'green', warn: 'yellow', fail: 'red', skip: 'dim' } as const

// Codes of ECMA-48, which every terminal of today reads.
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const

function painted(text: string, how: keyof typeof CODES): string {
  return `\x1b[${CODES[how]}m${text}\x1b[0m`
}
