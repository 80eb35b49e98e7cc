import { parseArgs } from 'node:util'
import { startSandbox } from './server'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    data: { type: 'string' },
    'webhook-secret': { type: 'string' },
  },
})

const sandbox = await startSandbox({
  dataDir: values.data ?? '.data/sandbox',
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
  ...(values['webhook-secret'] === undefined ? {} : { webhookSecret: values['webhook-secret'] }),
})
console.log(`Stripe sandbox at ${sandbox.url}: any sk_test_ key opens it, no money moves`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
}
