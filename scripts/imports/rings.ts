/**
 * The rings of a graph: each is a set of nodes that can all be reached from each other, sorted. A node
 * that names itself is none, nor is a node that stands alone. (Tarjan's algorithm.)
 */
export function ringsIn(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>()
  const path: string[] = []
  const rings: string[][] = []

  const visit = (node: string): number => {
    const mine = order.size
    order.set(node, mine)
    path.push(node)
    let low = mine
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next))
      else if (path.includes(next)) low = Math.min(low, order.get(next) ?? low)
    }
    if (low === mine) {
      const ring = path.splice(path.indexOf(node))
      if (ring.length > 1) rings.push(ring.sort())
    }
    return low
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return rings
}
