import type { Store } from '@/sandbox/store/store'

/** An object on its way out, as plain data. */
export type Node = Record<string, unknown>

/** What an older shape needs: the version, and what else there is, for what it holds whole. */
export interface Older {
  version: string
  store: Pick<Store, 'find' | 'by'>
}

/** Without these keys, and with those. */
export function changed(node: Node, gone: readonly string[], added: Node = {}): Node {
  const kept = Object.entries(node).filter(([key]) => !gone.includes(key))
  return { ...Object.fromEntries(kept), ...added }
}

/** What is at a path of objects; undefined when one of them is missing. */
export function at(node: unknown, ...path: string[]): unknown {
  let value = node
  for (const key of path) value = (value as Node | null | undefined)?.[key]
  return value
}

/** The id at a path, or null. */
export function idAt(node: unknown, ...path: string[]): string | null {
  const value = at(node, ...path)
  return typeof value === 'string' ? value : null
}
