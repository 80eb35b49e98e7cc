import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Names the inline scripts in the pages of a finished build by their hashes, in the policy that is
 * sent with them, so that no other runs. Next has no step for this, and its data is inline scripts:
 * until now the policy lets every one run.
 * @returns how many scripts it names
 * @throws the build holds no such policy
 */
export function sealBuild(distDir: string): number {
  const hashes = [...new Set(pagesOf(distDir).flatMap(inlineScripts).map(hashOf))].sort()
  const manifest = join(distDir, 'routes-manifest.json')
  const before = readFileSync(manifest, 'utf8')
  const after = before.replaceAll(new RegExp(SCRIPTS, 'g'), `script-src 'self' ${hashes.join(' ')}`)
  if (!SCRIPTS.test(before)) throw new Error(`${manifest} sends no policy for scripts.`)
  // Servers may be reading what is sealed already.
  if (after !== before) writeFileSync(manifest, after)
  return hashes.length
}

// A second run finds what the first one wrote.
const SCRIPTS = /script-src 'self'[^;"]*/

function pagesOf(distDir: string): string[] {
  const folder = join(distDir, 'server')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
}

/** What browsers hash: the text between the tags, of a script that has no file. */
function inlineScripts(html: string): string[] {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
  return scripts.flatMap(([, attributes = '', text = '']) =>
    /\bsrc=/.test(attributes) ? [] : [text],
  )
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
