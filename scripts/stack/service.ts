import { closeSync } from 'node:fs'
import { type Child, startChild } from './children'
import type { LogFile } from './log-file'
import { exitMessage, type Part } from './part'
import { ROOT } from './paths'

/** Runs a service of ours as its own process, logging to `log`, and waits until it is ready. */
export async function startService(options: {
  name: string
  note: string
  command: readonly [string, ...string[]]
  processEnv?: NodeJS.ProcessEnv
  log: LogFile
  env: Record<string, string>
  ready(child: Child): Promise<unknown>
}): Promise<Part> {
  const { name, note, env, log } = options
  const output = log.open()
  const processEnv = options.processEnv ?? process.env
  const child = startChild({ command: options.command, cwd: ROOT, env: processEnv, output })
  closeSync(output)
  try {
    await options.ready(child)
  } catch (error) {
    await child.stop()
    const why = error instanceof Error ? error.message : error
    throw new Error(`${name} did not start: ${why}. ${log.path} ends:\n${log.tail()}`)
  }
  return { name, note, env, ended: exitMessage(name, child.exited, log.tail), stop: child.stop }
}
