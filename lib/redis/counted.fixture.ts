import type { Store } from './client'

/** The same Redis, and how often it was asked. */
export function counted(store: Store): Store & { readonly asked: number } {
  let asked = 0
  return {
    get asked() {
      return asked
    },
    ask(call, how) {
      asked += 1
      return store.ask(call, how)
    },
  }
}
