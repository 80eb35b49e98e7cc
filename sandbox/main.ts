import { parseArgs } from 'node:util'
import { type RunningSandbox, type SandboxOptions, startSandbox } from './server'

/** `npm run sandbox`: the options are in the README. Runs until Ctrl-C. */
const sandbox = await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
const { json } = flags()
if (json) {
  // One line for the process that started it, in whatever language; it ends with its parent.
  console.log(JSON.stringify({ url: sandbox.url, port: sandbox.port, pid: process.pid }))
  process.stdin.resume().once('end', () => void sandbox.stop().then(() => process.exit(0)))
} else console.log(`Stripe sandbox at ${sandbox.url}: any sk_test_ key opens it, no money moves`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
}

async function start(): Promise<RunningSandbox> {
  const options = readOptions()
  try {
    return await startSandbox(options)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    const port = 'port' in error ? error.port : options.port
    throw new Error(`Port ${port} is taken. Stop what listens there, or give another with --port.`)
  }
}

function flags() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      host: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      memory: { type: 'boolean' },
      'webhook-secret': { type: 'string' },
    },
  })
  return values
}

function readOptions(): SandboxOptions {
  const values = flags()
  // Arguments are visible to every user of the machine; the environment is not.
  const webhookSecret = values['webhook-secret'] || process.env.SANDBOX_WEBHOOK_SECRET?.trim()
  return {
    dataDir: values.memory ? null : (values.data ?? '.data/sandbox'),
    hosts: values.host ?? [],
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
    ...(webhookSecret ? { webhookSecret } : {}),
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`--port must be a number from 0 to 65535, not "${text}".`)
}
