/** Keeps what is put into it so that the first is always at hand. */
export interface Heap<T> {
  push(entry: T): void
  peek(): T | undefined
  pop(): T | undefined
}

/** An empty binary heap. `before` says whether the one comes before the other. */
export function openHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const rows: T[] = []
  const swapIfLater = (parent: number, child: number): boolean => {
    const [upper, lower] = [rows[parent], rows[child]]
    if (upper === undefined || lower === undefined || !before(lower, upper)) return false
    rows[parent] = lower
    rows[child] = upper
    return true
  }
  return {
    push(entry) {
      let at = rows.push(entry) - 1
      while (at > 0 && swapIfLater((at - 1) >> 1, at)) at = (at - 1) >> 1
    },
    peek: () => rows[0],
    pop() {
      const first = rows[0]
      const last = rows.pop()
      if (rows.length === 0 || last === undefined) return first
      rows[0] = last
      for (let at = 0; ; ) {
        const left = at * 2 + 1
        const right = left + 1
        const [a, b] = [rows[left], rows[right]]
        const child = a !== undefined && b !== undefined && before(b, a) ? right : left
        if (!swapIfLater(at, child)) return first
        at = child
      }
    },
  }
}
