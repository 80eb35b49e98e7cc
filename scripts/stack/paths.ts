import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A path inside the folder that holds everything which is made while running: databases, logs, secrets. */
export function dataPath(...parts: string[]): string {
  return join(process.env.LEDGERLINE_DATA_DIR ?? join(ROOT, '.data'), ...parts)
}

/** The command that runs one of our TypeScript files as its own process. */
export function script(path: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, '--import', 'tsx', join(ROOT, path), ...args]
}

/** The same for a file that imports what only a server may: the condition empties `server-only`, as Next does. */
export function serverScript(path: string, ...args: string[]): [string, ...string[]] {
  const [node, ...rest] = script(path, ...args)
  return [node, '--conditions=react-server', ...rest]
}

/** The command of a tool in node_modules, given its file there. */
export function tool(path: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, join(ROOT, 'node_modules', path), ...args]
}
