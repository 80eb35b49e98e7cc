/** One message of Postgres' protocol. `type` is its type byte as a letter, empty for a client's first one. */
export type Message = { type: string; bytes: Buffer }

/**
 * Cuts one way of a connection into whole messages; what is not whole yet waits for its rest.
 * `greeting`: a client's way begins with a message that has no type byte.
 */
export function messageReader({ greeting }: { greeting: boolean }): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0)
  let greeted = !greeting
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const messages: Message[] = []
    for (;;) {
      // The length counts itself and not the type byte.
      const head = greeted ? 1 : 0
      const size = rest.length < head + 4 ? Number.POSITIVE_INFINITY : head + rest.readInt32BE(head)
      if (rest.length < size) return messages
      const bytes = rest.subarray(0, size)
      messages.push({ type: greeted ? String.fromCharCode(bytes.readUInt8(0)) : '', bytes })
      rest = rest.subarray(size)
      greeted = true
    }
  }
}
