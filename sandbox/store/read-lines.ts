import { readSync } from 'node:fs'

const CHUNK_BYTES = 1024 * 1024
const NEWLINE = 0x0a

/**
 * Hands each whole, non-empty line of an open file to `take`, without holding the whole file.
 * Returns where the last one ends, in bytes.
 */
export function readLines(file: number, take: (line: string) => void): number {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let begun: Buffer[] = []
  let read = 0
  let end = 0
  for (let length = next(); length > 0; length = next()) {
    let from = 0
    for (let at = newline(from, length); at >= 0; at = newline(from, length)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, at)]).toString('utf8')
      begun = []
      from = at + 1
      end = read + from
      if (line !== '') take(line)
    }
    begun.push(Buffer.from(chunk.subarray(from, length)))
    read += length
  }
  return end

  function next(): number {
    return readSync(file, chunk, 0, CHUNK_BYTES, read)
  }

  function newline(from: number, length: number): number {
    const at = chunk.indexOf(NEWLINE, from)
    return at < length ? at : -1
  }
}
