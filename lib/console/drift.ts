import { type FoundDrift, listDrift } from '@/db/queries/console-audit'

/** What the scans found, the newest first. */
export function readDrift(): Promise<FoundDrift[]> {
  return listDrift(100)
}
