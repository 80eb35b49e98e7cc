import type { Store } from './client'

/** One of something for each Redis: what is known of one says nothing about another. */
export function ofStore<Thing>(make: (redis: Store) => Thing): (redis: Store) => Thing {
  const things = new WeakMap<Store, Thing>()
  return (redis) => {
    const thing = things.get(redis) ?? make(redis)
    things.set(redis, thing)
    return thing
  }
}
