/**
 * Parses JSON and refuses what two readers could understand differently: a name that comes
 * twice in one object, `__proto__` where we read, and nesting without end.
 * @throws {SyntaxError}
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  assertOneReading(text)
  return value
}

// Stripe's objects are a dozen levels deep.
const MAX_DEPTH = 64

// The envelope, `data` and the object in it. Deeper down a `__proto__` can be somebody's metadata.
const LEVELS_READ = 3

function assertOneReading(text: string): void {
  const open: Set<string>[] = []
  let previous = ''
  // The text has parsed, so strings and brackets are all there is to follow.
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') addName(open, JSON.parse(previous))
    if (open.length > MAX_DEPTH) throw new SyntaxError('nested too deeply')
    previous = token
  }
}

function addName(open: Set<string>[], name: string): void {
  const names = open.at(-1)
  if (names?.has(name)) throw new SyntaxError('a name comes twice in one object')
  if (name === '__proto__' && open.length <= LEVELS_READ)
    throw new SyntaxError('__proto__ as a name')
  names?.add(name)
}
