import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A variable to be added, and the line that says what it is. */
export type Entry = { name: string; value: string; about: string }

/**
 * The text of an .env file with what it lacks. Whatever stands there stays, unchanged and in its order:
 * a variable that has a value keeps it; one that is there and blank gets its value where it stands; the rest
 * goes to the end. `added` names what was given a value.
 */
export function withMissing(
  text: string,
  entries: readonly Entry[],
): { text: string; added: string[] } {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text === '' ? [] : text.split(end)
  const added: string[] = []
  const more: string[] = []
  for (const { name, value, about } of entries) {
    const at = lines.findLastIndex((line) => nameOf(line) === name)
    const line = lines[at]
    if (line !== undefined && !isBlank(line)) continue
    added.push(name)
    if (line === undefined) more.push('', `# ${about}`, `${name}=${written(value)}`)
    else lines[at] = `${line.slice(0, line.indexOf('=') + 1)}${written(value)}`
  }
  if (more.length === 0) return { text: lines.join(end), added }
  while (lines.at(-1) === '') lines.pop()
  return { text: [...lines, ...more.slice(lines.length === 0 ? 1 : 0), ''].join(end), added }
}

/** Whether a variable has a value in this text. */
export function hasValue(text: string, name: string): boolean {
  const line = text.split(/\r?\n/).findLast((one) => nameOf(one) === name)
  return line !== undefined && !isBlank(line)
}

/** What stands in a file; nothing where there is none. */
export function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Puts a text in the place of a file, whole or not at all, for its owner only. */
export function replaceFile(path: string, text: string): void {
  // A link stays a link: what it leads to is replaced.
  const file = existsSync(path) ? realpathSync(path) : path
  const mode = existsSync(file) ? statSync(file).mode & 0o777 : 0o600
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`)
  const to = openSync(draft, 'w', mode)
  writeSync(to, text)
  fsyncSync(to)
  closeSync(to)
  renameSync(draft, file)
}

function nameOf(line: string): string | undefined {
  return /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1]
}

// A comment may follow it. From the first equals sign on: base64 ends with one as well.
function isBlank(line: string): boolean {
  return /^[^=]*=\s*(''|""|``)?\s*(#.*)?$/.test(line)
}

// Next expands a dollar also within quotes, takes a hash after a space for a comment, and knows no escaped quote.
function written(value: string): string {
  const safe = value.replaceAll('$', '\\$')
  if (/^[\w:/.@+=,?&%$\\-]*$/.test(safe)) return safe
  const quote = ["'", '"', '`'].find((one) => !safe.includes(one)) ?? "'"
  return `${quote}${safe}${quote}`
}
