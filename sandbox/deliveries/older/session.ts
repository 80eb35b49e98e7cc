import type { Node, Older } from './older'
import { DAHLIA, isBefore } from './versions'

// What the ways to show Checkout were called before dahlia.
const OLD_NAMES: Record<string, string> = {
  hosted_page: 'hosted',
  embedded_page: 'embedded',
  elements: 'custom',
}

/** Before dahlia Checkout was shown under other names. */
export function olderSession(node: Node, { version }: Older): Node {
  if (!isBefore(version, DAHLIA)) return node
  const name = String(node.ui_mode)
  return { ...node, ui_mode: OLD_NAMES[name] ?? node.ui_mode }
}
