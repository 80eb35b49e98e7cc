/** A tar archive for tests: content by name, a folder where the name ends in a slash. */
export function tarOf(entries: Record<string, string>, kind = '0'): Buffer {
  const blocks = Object.entries(entries).flatMap(([name, content]) => {
    const header = Buffer.alloc(512)
    header.write(name)
    header.write('0000644\0', 100)
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124)
    header.write(name.endsWith('/') ? '5' : kind, 156)
    header.write('ustar  \0', 257)
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512)
    body.write(content)
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1_024)])
}
