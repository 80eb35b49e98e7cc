#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// A package has been built; a checkout runs its sources.
const built = new URL('../dist/main.js', import.meta.url)
if (existsSync(built)) await import(built.href)
else {
  process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL('../../tsconfig.json', import.meta.url))
  const { register } = await import('tsx/esm/api')
  register()
  await import(new URL('../main.ts', import.meta.url).href)
}
