/** What comes over a WebSocket (RFC 6455): text, a ping to answer, or the end. */
export type Frame =
  | { kind: 'text'; text: string }
  | { kind: 'ping'; payload: Buffer }
  | { kind: 'close' }

const TEXT = 0x1
const CLOSE = 0x8
const PING = 0x9
const PONG = 0xa

/** Takes whole frames off the front of what has come so far; messages here are never split. */
export function takeFrames(bytes: Buffer): { frames: Frame[]; rest: Buffer } {
  const frames: Frame[] = []
  let rest = bytes
  for (let next = takeOne(rest); next; next = takeOne(rest)) {
    rest = rest.subarray(next.length)
    if (next.frame) frames.push(next.frame)
  }
  return { frames, rest }
}

/** A text as one frame. Servers do not mask. */
export function textFrame(text: string): Buffer {
  return frameOf(TEXT, Buffer.from(text, 'utf8'))
}

/** The answer to a ping. */
export function pongFrame(payload: Buffer): Buffer {
  return frameOf(PONG, payload)
}

function takeOne(bytes: Buffer): { frame: Frame | null; length: number } | null {
  if (bytes.length < 2) return null
  const opcode = (bytes[0] ?? 0) & 0x0f
  const masked = ((bytes[1] ?? 0) & 0x80) !== 0
  const short = (bytes[1] ?? 0) & 0x7f
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0
  const start = 2 + extra + (masked ? 4 : 0)
  if (bytes.length < start) return null
  const size =
    extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < start + size) return null
  const payload = Buffer.from(bytes.subarray(start, start + size))
  const mask = masked ? bytes.subarray(start - 4, start) : null
  if (mask) for (let at = 0; at < size; at += 1) payload[at] = at4(payload, at) ^ at4(mask, at % 4)
  return { frame: frameFrom(opcode, payload), length: start + size }
}

function frameFrom(opcode: number, payload: Buffer): Frame | null {
  if (opcode === TEXT) return { kind: 'text', text: payload.toString('utf8') }
  if (opcode === PING) return { kind: 'ping', payload }
  return opcode === CLOSE ? { kind: 'close' } : null
}

function at4(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const size = payload.length
  const head = size < 126 ? Buffer.alloc(2) : size < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  head[0] = 0x80 | opcode
  head[1] = size < 126 ? size : size < 65_536 ? 126 : 127
  if (head.length === 4) head.writeUInt16BE(size, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(size), 2)
  return Buffer.concat([head, payload])
}
