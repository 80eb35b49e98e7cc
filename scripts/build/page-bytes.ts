import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'

/** The JavaScript of a page, in bytes as they travel (gzip), for a browser that knows modules. */
export type PageBytes = {
  page: string
  /** All that the page may ask for. */
  all: number
  /** What a page without a component of ours would ask for in the same build. */
  empty: number
}

/** Weighs the scripts of a page of a finished build, such as `/pricing`. */
export function pageBytes(distDir: string, page: string): PageBytes {
  const { rootMainFiles } = JSON.parse(read(distDir, 'build-manifest.json'))
  const framework = new Set<string>(rootMainFiles)
  const all = new Set(framework)
  for (const [module, { chunks }] of Object.entries(clientModules(distDir, page))) {
    for (const chunk of chunks.map(pathOf)) {
      all.add(chunk)
      // Next's own boundaries, which it puts around every page.
      if (module.includes('/node_modules/next/')) framework.add(chunk)
    }
  }
  const weigh = (chunks: Set<string>) =>
    [...chunks].reduce((sum, chunk) => sum + gzipSync(read(distDir, chunk)).length, 0)
  return { page, all: weigh(all), empty: weigh(framework) }
}

/** The scripts of a page of a finished build, besides what each has of the framework. */
export function pageChunks(distDir: string, page: string): Set<string> {
  const modules = Object.values(clientModules(distDir, page))
  return new Set(modules.flatMap(({ chunks }) => chunks.map(pathOf)))
}

function pathOf(chunk: string): string {
  return chunk.replace(/^\/_next\//, '')
}

/** The components of a page that run in the browser, with the files that they are in: Next writes it for its server. */
function clientModules(distDir: string, page: string): Record<string, { chunks: string[] }> {
  const path = page === '/' ? '' : page
  const source = read(distDir, `server/app${path}/page_client-reference-manifest.js`)
  const context: {
    __RSC_MANIFEST?: Record<string, { clientModules: Record<string, { chunks: string[] }> }>
  } = {}
  runInNewContext(source.replaceAll('globalThis', 'this'), context)
  const found = context.__RSC_MANIFEST?.[`${path}/page`]
  if (!found) throw new Error(`The build does not say what ${page} runs in the browser.`)
  return found.clientModules
}

function read(distDir: string, path: string): string {
  return readFileSync(join(distDir, path), 'utf8')
}
