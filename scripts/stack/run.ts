import { type Child, startChild } from './children'
import { ROOT } from './paths'

export type Run = { ok: boolean; output: string; seconds: number }

/** Runs a command to its end and keeps what it wrote, both streams in the order they came. */
export async function run(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Run> {
  const began = performance.now()
  const child = startChild({ command, cwd: ROOT, env, output: 'pipe' })
  const output = collect(child)
  const { code } = await child.exited
  return { ok: code === 0, output: await output, seconds: (performance.now() - began) / 1_000 }
}

/** Runs a command to its end on our own terminal; resolves to its exit code. */
export async function runHere(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = startChild({ command, cwd: ROOT, env, output: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.stop())
  const { code } = await child.exited
  return code ?? 1
}

/** What a child writes on both of its streams, in the order it came, once they are closed. */
export async function collect({ process: { stdout, stderr } }: Child): Promise<string> {
  const chunks: string[] = []
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  }
  const ends = [stdout, stderr].map((s) => new Promise((resolve) => s?.once('close', resolve)))
  await Promise.all(ends)
  return chunks.join('').trim()
}
