/** What a pooler answers a client that logs in: welcome, a few parameters, a key that cancels nothing, ready. */
export const GREETING = Buffer.concat([
  message('R', int32(0)),
  ...Object.entries({
    server_version: '18.0',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    standard_conforming_strings: 'on',
  }).map((pair) => message('S', Buffer.from(`${pair.join('\0')}\0`))),
  message('K', Buffer.concat([int32(1), int32(1)])),
  message('Z', Buffer.from('I')),
])

/** What PgBouncer says to a client whose backend is gone, before it hangs up. */
export function serverCrashed(): Buffer {
  const fields = ['SFATAL', 'VFATAL', 'C08P01', 'Mserver conn crashed?', '']
  return message('E', Buffer.from(`${fields.join('\0')}\0`))
}

export function plainQuery(words: string): Buffer {
  return message('Q', Buffer.from(`${words}\0`))
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
