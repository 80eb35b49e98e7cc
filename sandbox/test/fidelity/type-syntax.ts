/** A type as a declaration file writes it. */
export type Type =
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'named'; name: string; of: Type[] }
  | { kind: 'union'; of: Type[] }
  | { kind: 'both'; of: Type[] }
  | { kind: 'fields'; fields: Field[]; index: Type | null }

export interface Field {
  name: string
  optional: boolean
  type: Type
}

/** Words, texts and single signs, without comments. */
export function tokensOf(text: string): Reader {
  const words = text.match(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\]|\\.)*'|[\w$]+(?:\.[A-Za-z_$][\w$]*)*|=>|\S/g,
  )
  return new Reader((words ?? []).filter((word) => !/^\/[*/]/.test(word)))
}

/** Goes through the tokens of a declaration file. Throws when it meets what it does not know. */
export class Reader {
  private at = 0
  constructor(private readonly tokens: readonly string[]) {}

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  peek(ahead = 0): string {
    return this.tokens[this.at + ahead] ?? ''
  }

  take(wanted?: string): string {
    const token = this.peek()
    if (wanted !== undefined && token !== wanted) {
      const near = this.tokens.slice(Math.max(0, this.at - 8), this.at + 4).join(' ')
      throw new Error(`Expected ${wanted} and found ${token} in: ${near}`)
    }
    this.at += 1
    return token
  }

  /** Takes the token if it is this one. */
  skip(token: string): boolean {
    const is = this.peek() === token
    if (is) this.at += 1
    return is
  }

  /** Whether the bracket that opens here holds the parameters of a function. */
  isFunction(): boolean {
    if (this.peek() !== '(') return false
    let depth = 0
    for (let ahead = 0; ; ahead += 1) {
      const token = this.peek(ahead)
      if (token === '(') depth += 1
      if (token === ')') depth -= 1
      if (token === '' || depth === 0) return this.peek(ahead + 1) === '=>'
    }
  }

  /** Goes to the next such token that is not inside of brackets. */
  skipUntil(wanted: string) {
    for (let depth = 0; !this.done; this.at += 1) {
      const token = this.peek()
      if (depth <= 0 && token === wanted) return
      if ('({['.includes(token)) depth += 1
      if (')}]'.includes(token)) depth -= 1
      if (depth <= 0 && token === wanted) return
    }
  }

  /** Goes past a balanced block that begins here. */
  skipBlock() {
    let depth = 0
    do {
      const token = this.take()
      if (token === '{') depth += 1
      if (token === '}') depth -= 1
    } while (depth > 0)
  }
}

/** Reads one type. */
export function readType(reader: Reader): Type {
  reader.skip('|')
  const of = [readBoth(reader)]
  while (reader.skip('|')) of.push(readBoth(reader))
  const [only] = of
  return only && of.length === 1 ? only : { kind: 'union', of }
}

/** Reads `{ … }`. Methods are left out: objects that travel have none. */
export function readFields(reader: Reader): Extract<Type, { kind: 'fields' }> {
  const fields: Field[] = []
  let index: Type | null = null
  reader.take('{')
  while (!reader.skip('}')) {
    if (reader.skip('[')) {
      while (!reader.skip(']')) reader.take()
      reader.take(':')
      index = readType(reader)
    } else {
      const name = reader.take().replaceAll("'", '')
      const optional = reader.skip('?')
      if (reader.peek() === '(' || reader.peek() === '<') reader.skipUntil(';')
      else {
        reader.take(':')
        fields.push({ name, optional, type: readType(reader) })
      }
    }
    if (!reader.skip(';')) reader.skip(',')
  }
  return { kind: 'fields', fields, index }
}

function readBoth(reader: Reader): Type {
  const of = [readOne(reader)]
  while (reader.skip('&')) of.push(readOne(reader))
  const [only] = of
  return only && of.length === 1 ? only : { kind: 'both', of }
}

function readOne(reader: Reader): Type {
  if (reader.peek() === '{') return readFields(reader)
  if (reader.isFunction()) {
    reader.skipUntil('=>')
    reader.take('=>')
    return readOne(reader)
  }
  if (reader.skip('(')) {
    const type = readType(reader)
    reader.take(')')
    return type
  }
  const token = reader.take()
  if (token === 'import') {
    reader.skipUntil(')')
    reader.take(')')
    reader.take('.')
    reader.take()
    return { kind: 'named', name: 'unknown', of: [] }
  }
  if (token.startsWith("'")) return { kind: 'literal', value: token.slice(1, -1) }
  if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' }
  if (/^\d/.test(token)) return { kind: 'literal', value: Number(token) }
  const of: Type[] = []
  if (reader.skip('<')) {
    do of.push(readType(reader))
    while (reader.skip(','))
    reader.take('>')
  }
  return { kind: 'named', name: token, of }
}
