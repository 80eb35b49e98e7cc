import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { access, constants, mkdir, mkdtemp, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, stop } from 'esbuild'

// `node scripts/run.mjs FILE [argument …]` runs one of our TypeScript files. It is bundled first with all of ours that
// it imports: loaded one by one, five hundred files take Node ten times as long. What npm installed stays where it is.
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const [node, , file = '', ...args] = process.argv
const entry = resolve(file)
const bundle = join(await placeForBundle(), `${process.pid}-${randomBytes(4).toString('hex')}.mjs`)

await build({
  entryPoints: [entry],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: `node${process.versions.node}`,
  sourcemap: 'inline',
  sourcesContent: false,
  // Node has read it by then, with its map: what is killed leaves nothing behind.
  banner: { js: `(await import('node:fs')).rmSync(new URL(import.meta.url));` },
  logLevel: 'error',
  plugins: [{ name: 'as-by-itself', setup: asByItself }],
}).catch(() => process.exit(1))
// Its own process would stay as long as this one.
await stop()

process.argv = [node, entry, ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(bundle).href)

/** Each file keeps its own address. One of Next is named to its ending, as its package lists none of them. */
function asByItself({ onLoad, onResolve }) {
  onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8')
    if (!text.includes('import.meta.url')) return null
    const address = JSON.stringify(pathToFileURL(path).href)
    const loader = path.endsWith('x') ? 'tsx' : 'ts'
    return { contents: text.replaceAll('import.meta.url', address), loader }
  })
  onResolve({ filter: /^next\// }, ({ path, importer }) => {
    const resolved = createRequire(importer).resolve(path)
    return { path: pathToFileURL(resolved).href, external: true }
  })
}

/** A folder from which Node finds node_modules: of the checkout, or of the system where ours may not be written. */
async function placeForBundle() {
  const here = join(ROOT, '.cache', 'run')
  try {
    await mkdir(here, { recursive: true })
    await access(here, constants.W_OK)
    return here
  } catch {
    const there = await mkdtemp(join(tmpdir(), 'ledgerline-run-'))
    await symlink(join(ROOT, 'node_modules'), join(there, 'node_modules'), 'junction')
    process.once('exit', () => rmSync(there, { recursive: true, force: true }))
    return there
  }
}
