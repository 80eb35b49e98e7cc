/**
 * Parses JSON and refuses what two readers could understand differently: a name that comes
 * twice in one object, `__proto__` where we read, and nesting without end.
 * @throws {SyntaxError}
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // Of a name that comes twice in one object only one is left in the value. The text has at least as many
  // names as the value and at most as many as seem so, and only where these differ is it read closely.
  const names = namesIn(value, 1)
  if (names !== seemingNames(text) && names !== namesWritten(text))
    throw new SyntaxError('a name comes twice in one object')
  return value
}

// Stripe's objects are a dozen levels deep.
const MAX_DEPTH = 64

// The envelope, `data` and the object in it. Deeper down a `__proto__` can be a merchant's metadata.
const LEVELS_READ = 3

/** How many names there are in a value and in all that it holds. */
function namesIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > MAX_DEPTH) throw new SyntaxError('nested too deeply')
  if (depth <= LEVELS_READ && Object.hasOwn(value, '__proto__'))
    throw new SyntaxError('__proto__ as a name')
  let names = 0
  // Most are words and numbers, and a call for each costs more than all the rest.
  if (Array.isArray(value)) {
    for (const each of value) if (typeof each === 'object') names += namesIn(each, depth + 1)
    return names
  }
  // Not `Object.values`: its list, made for each object of an event, costs as much as the walk. The cast is safe: it is
  // an object, and no list.
  const held = value as Record<string, unknown>
  for (const name in held) {
    names += 1
    if (typeof held[name] === 'object') names += namesIn(held[name], depth + 1)
  }
  return names
}

/** How many colons follow a quotation mark: that of each name, and one within a string after `\\"`. */
function seemingNames(text: string): number {
  let names = 0
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1
    while (SPACES.includes(text.charCodeAt(before))) before -= 1
    if (text.charCodeAt(before) === QUOTE) names += 1
  }
  return names
}

/** How many names a text has that has parsed: as many as colons outside of strings. */
function namesWritten(text: string): number {
  let names = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === QUOTE) at = endOfString(text, at)
    else if (character === COLON) names += 1
  }
  return names
}

// What JSON may have between two of its signs.
const SPACES = [' ', '\n', '\t', '\r'].map((character) => character.charCodeAt(0))

const [QUOTE, COLON] = ['"', ':'].map((character) => character.charCodeAt(0))

/** Where the string that begins at `from` has its closing quotation mark. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

// A backslash that is itself escaped escapes nothing.
function isEscaped(text: string, at: number): boolean {
  let first = at
  while (text[first - 1] === '\\') first -= 1
  return (at - first) % 2 === 1
}
