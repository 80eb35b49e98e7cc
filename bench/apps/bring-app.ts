import { readdirSync } from 'node:fs'
import postgres from 'postgres'
import { startChild } from '@/scripts/stack/children'
import { lastLines, logFile } from '@/scripts/stack/log-file'
import { dataPath } from '@/scripts/stack/paths'
import type { Stack } from '@/scripts/stack/stack'
import { buildApp, type Recipe } from './build-app'
import { type Served, serveApp } from './serve-app'

/** Builds an application, gives it a database of its own on the same server, and serves it. */
export async function bringApp(
  stack: Stack,
  recipe: Recipe,
  server: string,
  env: Record<string, string>,
): Promise<Served & { processEnv: NodeJS.ProcessEnv }> {
  const dir = await buildApp(recipe)
  const url = new URL(server)
  const name = `bench_${recipe.name.replaceAll('-', '_')}`
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin`create database ${admin(name)}`
  await admin.end()
  url.pathname = `/${name}`
  const own = { ...process.env, ...env, DATABASE_URL: url.href }
  await prepare(recipe.name, dir, own)
  return { ...(await stack.bring(() => serveApp(recipe.name, dir, own))), processEnv: own }
}

/** The same for a peer: null, and a sentence, where it cannot be installed or does not start. */
export async function bringPeer(...given: Parameters<typeof bringApp>): Promise<Served | null> {
  try {
    return await bringApp(...given)
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    console.log(`${given[1].name} is left out, and has no figures: ${why}`)
    return null
  }
}

async function prepare(name: string, dir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const file = readdirSync(dir).find((each) => each.startsWith('prepare.'))
  if (!file) return
  const log = logFile(dataPath('bench', `${name}-prepare.log`))
  const output = log.open()
  const command = [process.execPath, file] as const
  const child = startChild({ command, cwd: dir, env, output })
  const { code } = await child.exited
  if (code !== 0) throw new Error(lastLines(log.tail()))
}
