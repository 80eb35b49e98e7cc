import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'

// A tar archive is a row of 512-byte blocks: a header for each entry, then its content, padded.
const BLOCK = 512

/**
 * Writes the files and folders of a tar archive into a folder.
 * @throws {Error} for anything else in it, such as links, and for a name that leads outside
 */
export async function untar(archive: Buffer, folder: string): Promise<void> {
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const { name, kind, mode, size } = readHeader(archive.subarray(at, at + BLOCK))
    const path = inside(folder, name)
    const content = archive.subarray(at + BLOCK, at + BLOCK + size)
    if (content.length < size) throw new Error(`The archive ends in the middle of ${name}.`)
    if (kind === 'folder') await mkdir(path, { recursive: true })
    else {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content, { mode })
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

function readHeader(header: Buffer) {
  const text = (from: number, to: number) => header.toString('utf8', from, to).replace(/\0.*$/s, '')
  const octal = (from: number, to: number) => Number.parseInt(text(from, to).trim() || '0', 8)
  const name = text(0, 100)
  const [type, prefix] = [text(156, 157), text(345, 500)]
  // The classic GNU magic has no prefix field there; POSIX (`ustar` and a zero) does.
  const full = prefix && header[262] === 0 ? `${prefix}/${name}` : name
  if (type !== '0' && type !== '' && type !== '5') {
    throw new Error(
      `The archive holds ${full} of kind "${type}", which is neither file nor folder.`,
    )
  }
  const kind = type === '5' ? ('folder' as const) : ('file' as const)
  return { name: full, kind, mode: octal(100, 108), size: octal(124, 136) }
}

function inside(folder: string, name: string): string {
  const path = resolve(folder, name)
  if (path === resolve(folder) || path.startsWith(resolve(folder) + sep)) return path
  throw new Error(`The archive holds ${name}, which leads outside.`)
}
