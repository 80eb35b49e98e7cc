/** The kinds of value a key can hold. A class each, so that one `instanceof` distinguishes them. */
export class Text {
  readonly type = 'string'
  readonly isEmpty = false
  constructor(readonly text = '') {}
}

export class Hash {
  readonly type = 'hash'
  readonly fields = new Map<string, string>()
  get isEmpty() {
    return this.fields.size === 0
  }
}

export class Members {
  readonly type = 'set'
  readonly members = new Set<string>()
  get isEmpty() {
    return this.members.size === 0
  }
}

export class List {
  readonly type = 'list'
  readonly items: string[] = []
  get isEmpty() {
    return this.items.length === 0
  }
}

export class SortedSet {
  readonly type = 'zset'
  readonly scores = new Map<string, number>()
  get isEmpty() {
    return this.scores.size === 0
  }
}

export type Value = Text | Hash | Members | List | SortedSet
