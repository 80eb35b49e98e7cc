/**
 * A line of the application's log for a person who watches it: time, mark, what happened, which ids in
 * short, and the rest. A line that is none of the log's stays as it is. Times are this machine's.
 */
export function readableLine(line: string): string {
  const entry = parse(line)
  if (!entry) return line
  const { level, time, msg, ...fields } = entry
  const details = Object.entries(fields).flatMap(([name, value]) => {
    const text = shown(value)
    // An id says by itself what it is of.
    return text === null ? [] : [ID.test(String(value)) ? text : `${name} ${text}`]
  })
  const sentence = [`${clock(time)} ${MARKS[level] ?? '·'} ${msg}`, ...details].join('  ')
  // What others sent may hold a line's end, or words for the terminal.
  return sentence.replace(/\p{Cc}/gu, '�')
}

type Entry = { level: number; time: string; msg: string } & Record<string, unknown>

// pino's levels.
const MARKS: Record<number, string> = { 40: '!', 50: '✗', 60: '✗' }

// Stripe's, in a text of their own: `evt_…`, `cus_…`, `sub_…`.
const ID = /^[a-z]{2,6}_[A-Za-z0-9_]{8,}$/

function parse(line: string): Entry | null {
  if (!line.startsWith('{')) return null
  try {
    const entry: unknown = JSON.parse(line)
    return isEntry(entry) ? entry : null
  } catch {
    return null
  }
}

function isEntry(entry: unknown): entry is Entry {
  if (typeof entry !== 'object' || entry === null) return false
  const { level, time, msg } = entry as Partial<Entry>
  return typeof level === 'number' && typeof time === 'string' && typeof msg === 'string'
}

function clock(time: string): string {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? time : at.toTimeString().slice(0, 8)
}

// The end of an id is what differs; its beginning says of what it is.
function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.length > 0 ? value.map(shown).join(', ') : null
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  const [prefix] = text.split('_')
  return ID.test(text) && text.length > 16 ? `${prefix}_…${text.slice(-6)}` : text
}
