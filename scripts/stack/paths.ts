import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A path inside the folder that holds everything which is made while running: databases, logs, secrets. */
export function dataPath(...parts: string[]): string {
  return join(process.env.LEDGERLINE_DATA_DIR ?? join(ROOT, '.data'), ...parts)
}

/** What Node is given to run one of our TypeScript files, before the file's own path. */
export const RUNNER = join(ROOT, 'scripts/run.mjs')

/** The command that runs one of our TypeScript files as its own process. */
export function script(path: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, RUNNER, join(ROOT, path), ...args]
}

/** The condition that empties `server-only`, as Next does. */
export const FOR_SERVERS = '--conditions=react-server'

/** The same for a file that imports what only a server may. */
export function serverScript(path: string, ...args: string[]): [string, ...string[]] {
  const [node, ...rest] = script(path, ...args)
  return [node, FOR_SERVERS, ...rest]
}

/** The command of a tool in node_modules, given its file there. */
export function tool(path: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, join(ROOT, 'node_modules', path), ...args]
}
