import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import type { FormTree } from './form'
import { type Read, readShape, type Shape } from './rule'
import { list, text } from './rules'
import { toldApart } from './unsupported'

export type Method = 'GET' | 'POST' | 'DELETE'

/** One request, read and checked, inside its transaction. */
export interface Call<S extends Shape> {
  tx: Tx
  params: Read<S>
  /** The variable parts of the path, in order. */
  ids: string[]
  /** The first of `ids`: nearly every path has at most one. */
  id: string
  settings: Settings
}

/** A method and path of the API, with its parameters and what it does. */
export interface Endpoint {
  method: Method
  /** Variable parts are written `:id`. */
  path: string
  /** What it takes. */
  shape: Shape
  /** Returns the object to answer with; ids in it are expanded when the answer is sent. */
  run(
    tx: Tx,
    tree: FormTree,
    ids: string[],
    settings: Settings,
  ): { object: object; expand: string[] }
}

/** Declares an endpoint. Every endpoint also takes `expand`. */
export function endpoint<const S extends Shape>(
  method: Method,
  path: string,
  shape: S,
  run: (call: Call<S>) => object,
): Endpoint {
  const expansion = list(text())
  return {
    method,
    path,
    shape,
    run(tx, tree, ids, settings) {
      const { expand: asked, ...others } = tree
      const params = reading(`${method} ${path}`, others, () => readShape(shape, others))
      const paths = asked === undefined ? [] : expansion.read(asked, 'expand')
      return { object: run({ tx, params, ids, id: ids[0] ?? '', settings }), expand: paths }
    },
  }
}

function reading<T>(endpoint: string, sent: FormTree, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw toldApart(error, endpoint, sent)
  }
}
