import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ROOT } from './stack/paths'

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

const { packages } = Lockfile.parse(
  JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')),
)

test('every optional dependency is locked, for platforms other than this one too', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(name, from))
      .map((name) => `${name}, wanted by ${from || 'package.json'}`),
  )
  expect(missing).toEqual([])
})

test('no entry names a registry, so that every mirror serves', () => {
  const fixed = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)
  expect(fixed.map(([path]) => path)).toEqual([])
})

// The base64 of 64 bytes; anything weaker, or several to choose from, is no seal.
const SHA_512 = /^sha512-[A-Za-z\d+/]{86}==$/

test('nothing is installed unchecked, on whatever platform', () => {
  const unsealed = Object.entries(packages).filter(
    ([path, { integrity = '', link }]) => path !== '' && !link && !SHA_512.test(integrity),
  )
  expect(unsealed.map(([path]) => path)).toEqual([])
})

/** Node's own search: beside the package, then in each folder above it. */
function isLocked(name: string, from: string): boolean {
  if (`${from ? `${from}/` : ''}node_modules/${name}` in packages) return true
  if (from === '') return false
  return isLocked(name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)))
}
