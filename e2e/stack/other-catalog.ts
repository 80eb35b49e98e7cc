import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { sealBuild } from '@/scripts/build/seal'
import { ROOT, tool } from '@/scripts/stack/paths'
import { freePort } from '@/scripts/stack/ports'
import { run } from '@/scripts/stack/run'

// Within the checkout, so that what npm brought is found from there.
const COPY = join(ROOT, '.cache', 'other-catalog')

const PARTS = [
  ...['app', 'lib', 'db', 'proxy.ts', 'instrumentation.ts', 'instrumentation-node.ts'],
  ...['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'vercel.json'],
]

/** A change of a file of the copy; it has to be there to be changed. */
export type Edit = [path: string, from: string, to: string]

// The copy is no project of its own: its root is the checkout's, and its types were checked there.
const OWN: readonly Edit[] = [
  ['next.config.ts', "new URL('.', import.meta.url)", "new URL('../..', import.meta.url)"],
  ['next.config.ts', 'typedRoutes: true,', 'typescript: { ignoreBuildErrors: true },'],
  // What git does not keep is no source of styles unless it is named.
  ['app/globals.css', 'source("../app")', 'source(none)'],
  [
    'app/globals.css',
    '@import "./styles/theme.css";',
    '@source "../app";\n@import "./styles/theme.css";',
  ],
]

/** Builds the app with another catalog: the catalog is code, so a shop that sells otherwise is another build. */
export async function buildOther(edits: readonly Edit[]): Promise<void> {
  rmSync(COPY, { recursive: true, force: true })
  mkdirSync(COPY, { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(COPY, 'node_modules'))
  const filter = (path: string) => !/\.(test|fixture)\.tsx?$/.test(path)
  for (const part of PARTS) cpSync(join(ROOT, part), join(COPY, part), { recursive: true, filter })
  for (const [path, from, to] of [...OWN, ...edits]) {
    const text = readFileSync(join(COPY, path), 'utf8')
    if (!text.includes(from)) throw new Error(`${path} has no ${from}.`)
    writeFileSync(join(COPY, path), text.replace(from, to))
  }
  const [node, ...args] = tool('next/dist/bin/next', 'build', COPY)
  const { ok, output } = await run([node, ...args], { ...process.env, NODE_ENV: 'production' })
  if (!ok) throw new Error(`The build failed:\n${output}`)
  sealBuild(join(COPY, '.next'))
}

/** Serves what `buildOther` made, on the data of this run. */
export async function serveOther(): Promise<{ base: string; stop(): Promise<void> }> {
  const port = await freePort(0)
  const base = `http://localhost:${port}`
  const [node, ...args] = tool('next/dist/bin/next', 'start', COPY)
  const env = { ...process.env, NODE_ENV: 'production' as const, PORT: `${port}`, APP_URL: base }
  const child = spawn(node, args, { cwd: COPY, env, stdio: 'ignore' })
  const exited = new Promise((resolve) => child.once('close', resolve))
  const answers = () =>
    fetch(`${base}/pricing`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(answers, { timeout: 60_000 }).toBe(200)
  return {
    base,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
