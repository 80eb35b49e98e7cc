import type Stripe from 'stripe'

/**
 * An event as it is kept. There are ten for each payment, they never change and few are read:
 * as text, their objects take a tenth of the memory, and the events of one transaction share it.
 */
export class PackedEvent {
  readonly id: string
  private readonly head: Head
  private readonly object: Snapshot
  private readonly previous: string | null
  /** An event that was read is often read again; memory that is needed takes it back. */
  private lately: WeakRef<object> | null = null

  constructor({ data, ...head }: Stripe.Event) {
    this.id = head.id
    this.head = head
    this.object = snapshotOfData(data)
    this.previous = data.previous_attributes ? JSON.stringify(data.previous_attributes) : null
  }

  /** The event, whose `data` is parsed at its first use. */
  unpack(): Stripe.Event {
    const data = () => this.data()
    const lazy = {
      ...this.head,
      get data() {
        return data()
      },
    }
    // What the constructor took apart, put together again.
    return lazy as Stripe.Event
  }

  /** As JSON, for the journal; `bare` without the object, which is written already. */
  text(bare = false): string {
    const data = this.dataText(bare ? 'null' : this.object.text)
    return `${JSON.stringify(this.head).slice(0, -1)},"data":${data}}`
  }

  /** The object that it is about; events of one transaction have the same. */
  about(): object {
    return this.object
  }

  private data(): object {
    const known = this.lately?.deref()
    if (known) return known
    const data: object = JSON.parse(this.dataText(this.object.text))
    this.lately = new WeakRef(data)
    return data
  }

  private dataText(object: string): string {
    const previous = this.previous === null ? '' : `,"previous_attributes":${this.previous}`
    return `{"object":${object}${previous}}`
  }
}

type Head = Omit<Stripe.Event, 'data'>

/** The text of the object that one or several events are about. */
export interface Snapshot {
  readonly text: string
}

/** Writes an object down as it is now. */
export function snapshotOf(object: object): Snapshot {
  return { text: JSON.stringify(object) }
}

/** The `data` of an event whose object is written down already, for the other events of its transaction, too. */
export function withSnapshot(
  data: { object: object; previous_attributes?: object },
  snapshot: Snapshot,
) {
  texts.set(data, snapshot)
  return data
}

const texts = new WeakMap<object, Snapshot>()

/** Keeps the text of a record for as long as it is not edited: the journal writes the same. */
export function keepText(record: object, snapshot: Snapshot) {
  records.set(record, snapshot)
}

/** A record that is about to be changed. */
export function dropText(record: object) {
  records.delete(record)
}

/** A record as JSON. */
export function jsonOf(record: object): string {
  return records.get(record)?.text ?? JSON.stringify(record)
}

const records = new WeakMap<object, Snapshot>()

/** What was read back is shared by its object, which never changes. */
function snapshotOfData(data: Stripe.Event['data']): Snapshot {
  const known = texts.get(data) ?? texts.get(data.object)
  if (known) return known
  const snapshot = snapshotOf(data.object)
  texts.set(data.object, snapshot)
  return snapshot
}
