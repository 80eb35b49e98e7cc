import type { Setting } from './records'
import type { Tx } from './transaction'

interface Reads {
  find(kind: 'setting', id: string): Readonly<Setting> | undefined
}

/** A group of switches that is kept as one setting, and is `usual` until it is changed. */
export function storedAs<T extends object>(id: string, usual: T) {
  const read = (reads: Reads): T => {
    const setting = reads.find('setting', id)
    // What a later version adds is as usual in what an older one has written.
    return setting ? { ...usual, ...JSON.parse(setting.value) } : usual
  }
  const change = (tx: Tx, given: Partial<T>): T => {
    const changed = { ...read(tx), ...given }
    const value = JSON.stringify(changed)
    if (tx.find('setting', id)) tx.edit('setting', id).value = value
    else tx.insert('setting', { id, value })
    return changed
  }
  return { read, change }
}
