import { type Reader, readFields, readType, type Type, tokensOf } from './type-syntax'

/** What a file says that a name is. */
export interface Declaration {
  params: string[]
  type: Type
  extends: Type[]
  /** The names of the namespaces around it, outermost first. */
  within: string[]
}

export interface Declarations {
  /** By full name, such as `Subscription.Status`. */
  named: Map<string, Declaration>
  /** What comes from elsewhere: the file, and its name there; `*` is the whole file. */
  imports: Map<string, { file: string; name: string }>
}

/** Reads a declaration file of the SDK: its interfaces, types and namespaces. */
export function declarationsIn(text: string): Declarations {
  const found: Declarations = { named: new Map(), imports: new Map() }
  readStatements(tokensOf(text), found, [])
  return found
}

function readStatements(reader: Reader, found: Declarations, within: string[]) {
  while (!reader.done && reader.peek() !== '}') {
    while (reader.skip('export') || reader.skip('declare') || reader.skip('type')) {
      // `type` is a statement's first word, and also an adjective of imports.
      if (isAlias(reader)) break
    }
    if (reader.peek(1) === '=' || reader.peek(1) === '<') readAlias(reader, found, within)
    else if (reader.skip('interface')) readInterface(reader, found, within)
    else if (reader.skip('namespace')) readNamespace(reader, found, within)
    else if (reader.skip('import')) readImport(reader, found, within)
    else if (reader.peek() === '{') readImport(reader, found, within)
    else skipStatement(reader)
  }
}

function isAlias(reader: Reader): boolean {
  return /^[A-Z]\w*$/.test(reader.peek()) && (reader.peek(1) === '=' || reader.peek(1) === '<')
}

function readAlias(reader: Reader, found: Declarations, within: string[]) {
  const name = reader.take()
  const params = readParams(reader)
  reader.take('=')
  const type = readType(reader)
  reader.skip(';')
  found.named.set([...within, name].join('.'), { params, type, extends: [], within })
}

function readInterface(reader: Reader, found: Declarations, within: string[]) {
  const name = reader.take()
  const params = readParams(reader)
  const parents: Type[] = []
  if (reader.skip('extends')) {
    do parents.push(readType(reader))
    while (reader.skip(','))
  }
  const full = [...within, name].join('.')
  found.named.set(full, { params, type: readFields(reader), extends: parents, within })
}

function readNamespace(reader: Reader, found: Declarations, within: string[]) {
  const name = reader.take()
  reader.take('{')
  readStatements(reader, found, [...within, name])
  reader.take('}')
}

function readParams(reader: Reader): string[] {
  const params: string[] = []
  if (!reader.skip('<')) return params
  while (!reader.skip('>'))
    if (reader.peek() !== ',') params.push(reader.take())
    else reader.take()
  return params
}

/**
 * `{ A, B as C } from './x.js'` and `* as A from './x.js'`, of imports and of exports; a namespace
 * exports what its file has.
 */
function readImport(reader: Reader, found: Declarations, within: string[]) {
  const names: [local: string, name: string][] = []
  if (reader.skip('*')) {
    reader.take('as')
    names.push([reader.take(), '*'])
  } else if (reader.skip('{')) {
    while (!reader.skip('}')) {
      const name = reader.take()
      names.push([reader.skip('as') ? reader.take() : name, name])
      reader.skip(',')
    }
  }
  if (!reader.skip('from')) {
    for (const [local, name] of within.length > 0 ? names : []) {
      const type: Type = { kind: 'named', name, of: [] }
      const full = [...within, local].join('.')
      found.named.set(full, { params: [], type, extends: [], within: [] })
    }
    return skipStatement(reader)
  }
  const file = reader.take().slice(1, -1)
  for (const [local, name] of names) found.imports.set(local, { file, name })
  reader.skip(';')
}

/** Skips anything else, which declares no objects. */
function skipStatement(reader: Reader) {
  while (!reader.done) {
    if (reader.peek() === '{') {
      reader.skipBlock()
      if (reader.peek() !== ';' && reader.peek() !== 'from') return
    } else if (reader.peek() === '}') return
    else if (reader.take() === ';') return
  }
}
