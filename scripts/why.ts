import { parseArgs } from 'node:util'
import { FEATURES } from '@/lib/catalog/features'
import { isFeature } from '@/lib/entitlements/overridden'
import { why } from '@/lib/entitlements/why'
import { whyText } from '@/lib/entitlements/why-text'
import { Invalid } from '@/lib/errors'
import { log } from '@/lib/log'
import { joinRunningStack } from '@/scripts/stack/environment-file'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'
import { workspaceOf } from './workspace-of'

const USAGE = `npm run why -- <address or workspace id> <feature> [--json]
  ${Object.keys(FEATURES).join(', ')}`

/** `npm run why -- ana@example.com api_access`: why they may use it, or may not. Repeats no address. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [whom, feature, ...more] = positionals
  if (!whom || !isFeature(feature) || more.length > 0) throw new Invalid({ internal: USAGE })
  loadEnv()
  joinRunningStack()
  log.level = 'error'
  const chain = await why(await workspaceOf(whom), feature)
  console.log(values.json ? JSON.stringify(chain, null, 2) : whyText(chain).join('\n'))
}

await runCommand(main)
