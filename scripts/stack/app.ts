import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Child, startChild } from './children'
import { lastLines, logFile } from './log-file'
import { exitMessage, type Part } from './part'
import { ROOT, tool } from './paths'
import { readableLine } from './readable-line'
import { startService } from './service'
import { untilAnswers } from './until-answers'

/**
 * The production build on `port`, for this machine only, logging to a file. With `E2E_STANDALONE=1` it is the
 * standalone output of `npm run build -- --standalone`, run as an image runs it.
 */
export function serveApp(options: {
  port: number
  env: NodeJS.ProcessEnv
  log: string
}): Promise<Part> {
  const { port, env } = options
  const alone = env.E2E_STANDALONE === '1'
  return startService({
    name: 'App',
    note: alone ? 'node server.js' : 'next start',
    command: alone
      ? [process.execPath, '--dns-result-order=ipv4first', STANDALONE]
      : next('start', port),
    // A shell may have set a HOSTNAME of its own, and this server listens where that says.
    processEnv: alone ? { ...env, HOSTNAME: 'localhost' } : env,
    log: logFile(options.log),
    env: {},
    ready: (child) => untilAnswers(`http://localhost:${port}/pricing`, child, { seconds: 30 }),
  })
}

const STANDALONE = join(ROOT, '.next', 'standalone', 'server.js')

/**
 * The development server on `port`, for this machine only unless `host` says where else. It is
 * ready when its pricing page answers. What it says is held back until `speak` is called, so that
 * our banner comes first; then log lines read as sentences, unless `LOG_FORMAT` is json.
 */
export async function developApp(options: {
  port: number
  host?: string
  env: NodeJS.ProcessEnv
}): Promise<Part & { speak(): void; status: number }> {
  const { port, env } = options
  const command = next('dev', port, options.host)
  const child = startChild({ command, cwd: ROOT, env, output: 'pipe' })
  const output = listen(child)
  try {
    // The first compilation of a page on a machine that is slow, or busy with something else. One
    // that ends is seen at once.
    const page = `${localUrlOf(port, options.host)}/pricing`
    const status = await untilAnswers(page, child, { seconds: 300 })
    const ended = exitMessage('The app', child.exited, () =>
      output.spoken() ? 'see above' : output.tail(),
    )
    return { name: 'App', note: 'next dev', env: {}, ended, stop: child.stop, status, ...output }
  } catch (error) {
    await child.stop()
    const why = error instanceof Error ? error.message : error
    throw new Error(`The app did not start: ${why}. It last said:\n${output.tail()}`)
  }
}

/** Where the app answers on this machine when it listens on `host`. */
export function localUrlOf(port: number, host = 'localhost'): string {
  const name = ['0.0.0.0', '::', '[::]'].includes(host) ? 'localhost' : host
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`
}

/**
 * Next listens on all addresses by default, and with captured mail and one-click sign-in
 * the app is nothing for a network. `localhost` rather than an address, because Next builds the
 * URLs of requests from it; and IPv4 first, because it takes only the first that the name means.
 */
export function next(
  mode: 'dev' | 'start',
  port: number,
  host = 'localhost',
): [string, ...string[]] {
  const [node, ...args] = tool('next/dist/bin/next', mode, '--port', String(port))
  return [node, '--dns-result-order=ipv4first', ...args, '--hostname', host]
}

function listen(child: Child) {
  const held: string[] = []
  const json = process.env.LOG_FORMAT === 'json'
  let aloud = false
  for (const input of [child.process.stdout, child.process.stderr]) {
    if (!input) continue
    createInterface({ input }).on('line', (line) => {
      if (aloud && !STAND_IN_CRON.test(line)) console.log(json ? line : readableLine(line))
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
const STAND_IN_CRON = /GET \/api\/cron\//
