import { createInterface } from 'node:readline'
import { type Child, startChild } from './children'
import { lastLines, logFile } from './log-file'
import { obituary, type Part } from './part'
import { ROOT, tool } from './paths'
import { startService } from './service'
import { untilAnswers } from './until-answers'

/** The production build on `port`, logging to a file. */
export function serveApp(options: {
  port: number
  env: NodeJS.ProcessEnv
  log: string
}): Promise<Part> {
  const { port, env } = options
  return startService({
    name: 'App',
    note: 'next start',
    command: tool('next/dist/bin/next', 'start', '--port', String(port)),
    processEnv: env,
    log: logFile(options.log),
    env: {},
    ready: (child) => untilAnswers(`http://localhost:${port}/pricing`, child, { seconds: 30 }),
  })
}

/**
 * The development server on `port`, ready when its pricing page answers. What it says is held
 * back until `speak` is called, so that our banner comes first.
 */
export async function developApp(options: {
  port: number
  env: NodeJS.ProcessEnv
}): Promise<Part & { speak(): void; status: number }> {
  const { port, env } = options
  const command = tool('next/dist/bin/next', 'dev', '--port', String(port))
  const child = startChild({ command, cwd: ROOT, env, output: 'pipe' })
  const voice = listen(child)
  try {
    // The first compilation of a page on a slow machine, with room.
    const page = `http://localhost:${port}/pricing`
    const status = await untilAnswers(page, child, { seconds: 90 })
    const ended = obituary('The app', child.exited, () =>
      voice.spoken() ? 'see above' : voice.tail(),
    )
    return { name: 'App', note: 'next dev', env: {}, ended, stop: child.stop, status, ...voice }
  } catch (error) {
    await child.stop()
    const why = error instanceof Error ? error.message : error
    throw new Error(`The app did not start: ${why}. It last said:\n${voice.tail()}`)
  }
}

function listen(child: Child) {
  const held: string[] = []
  let aloud = false
  for (const input of [child.process.stdout, child.process.stderr]) {
    if (!input) continue
    createInterface({ input }).on('line', (line) => {
      if (aloud && !STAND_IN_CRON.test(line)) console.log(line)
      else held.push(line)
    })
  }
  return {
    spoken: () => aloud,
    tail: () => lastLines(held.join('\n')),
    speak() {
      aloud = true
      held.length = 0
    },
  }
}

// Our own call every few seconds would bury what a person wants to read.
const STAND_IN_CRON = /GET \/api\/cron\/drain\b/
