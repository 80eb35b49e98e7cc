import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { untar } from './untar'

// Written last and checked first: what is unpacked is whole if all of these have their sizes.
const INVENTORY = 'inventory.json'

// Unpacking takes seconds. What is older was left by a process that was killed.
const LEFTOVER_MS = 10 * 60_000

/**
 * Unpacks the archives of `@sparticuz/chromium` into `target`, unless they are there already.
 * They are unpacked beside it and renamed into place, so that of any number of processes that do
 * this at once one wins, and no process ever sees half a browser.
 */
export async function unpack(archives: string, target: string): Promise<void> {
  await removeLeftovers(target)
  if (await isWhole(target)) return
  await mkdir(dirname(target), { recursive: true })
  const fresh = await mkdtemp(`${target}.`)
  try {
    await fill(archives, fresh)
    await moveInto(fresh, target)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function fill(archives: string, folder: string): Promise<void> {
  const open = async (name: string) =>
    promisify(brotliDecompress)(await readFile(join(archives, name)))
  // mkdtemp makes a private folder; every user of this checkout shares its browser.
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'chromium'), await open('chromium.br'), { mode: 0o755 })
  // The libraries that Debian's smallest image lacks.
  await untar(await open('al2023.tar.br'), join(folder, 'al2023'))
  // The software renderer has to lie beside the executable.
  await untar(await open('swiftshader.tar.br'), folder)
  await untar(await open('fonts.tar.br'), folder)
  await writeFile(join(folder, 'fonts.conf'), FONTS)
  const names = await readdir(folder, { recursive: true })
  await writeFile(join(folder, INVENTORY), JSON.stringify(await sizes(folder, names)))
}

// The archive's own file names the folders of a Lambda function. `relative` is to this file.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`

/** Puts `fresh` where `target` is to be. Another process's whole one stays; a broken one goes. */
async function moveInto(fresh: string, target: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await rename(fresh, target)
      return
    } catch (error) {
      if (await isWhole(target)) return
      // Twice broken in a row means that another program keeps breaking it, not that we lost a race.
      if (attempt === 2) throw error
      await rename(target, `${fresh}.broken`).catch(() => {})
      await rm(`${fresh}.broken`, { recursive: true, force: true })
    }
  }
}

/** Looks at what was unpacked and at nothing else: a running browser adds things of its own. */
async function isWhole(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, INVENTORY), 'utf8')
    const wanted: Record<string, number> = JSON.parse(text)
    const there = await sizes(folder, Object.keys(wanted))
    return Object.entries(wanted).every(([name, size]) => there[name] === size)
  } catch {
    return false
  }
}

async function sizes(folder: string, names: string[]): Promise<Record<string, number>> {
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))))
  const files = names.flatMap((name, at) => (stats[at]?.isFile() ? [[name, stats[at].size]] : []))
  return Object.fromEntries(files)
}

async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target)
  const names = await readdir(folder).catch(() => [])
  for (const name of names.map((each) => join(folder, each))) {
    if (!name.startsWith(`${target}.`)) continue
    const age = await stat(name).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > LEFTOVER_MS) await rm(name, { recursive: true, force: true })
  }
}
