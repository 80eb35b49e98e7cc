import { createInterface } from 'node:readline'
import { Unavailable } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { log } from '@/lib/log'
import { can } from './can'
import { isFeature } from './overridden'

// Its output is the answers alone.
log.level = 'silent'

// Another process of the application, which answers each line with what `can` says there.
for await (const line of createInterface({ input: process.stdin })) {
  const [workspaceId, feature] = line.split(' ')
  process.stdout.write(`${await answer(workspaceId ?? '', feature)}\n`)
}

async function answer(workspaceId: string, feature: unknown): Promise<string> {
  if (!isFeature(feature)) return 'no such feature'
  try {
    // Safe: the test sends what it has made.
    return (await can(workspaceId as WorkspaceId, feature)) ? 'yes' : 'no'
  } catch (error) {
    return error instanceof Unavailable ? 'unavailable' : String(error)
  }
}
