#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// A checkout runs its sources, whatever was built in it before; a package has no sources.
const sources = new URL('../main.ts', import.meta.url)
if (existsSync(sources)) {
  process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL('../../tsconfig.json', import.meta.url))
  const { register } = await import('tsx/esm/api')
  register()
  await import(sources.href)
} else await import(new URL('../dist/main.js', import.meta.url).href)
