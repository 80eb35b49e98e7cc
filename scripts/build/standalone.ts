import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Puts into a standalone build what Next leaves out: the files that browsers ask for, and the policy with
 * the hashes, which is sealed after Next has copied it.
 * @returns where it is
 */
export function completeStandalone(root: string): string {
  const to = join(root, '.next', 'standalone')
  const manifest = join('.next', 'routes-manifest.json')
  cpSync(join(root, manifest), join(to, manifest))
  cpSync(join(root, '.next', 'static'), join(to, '.next', 'static'), { recursive: true })
  if (existsSync(join(root, 'public')))
    cpSync(join(root, 'public'), join(to, 'public'), { recursive: true })
  return to
}
