import type { WorkspaceId } from '@/lib/ids'

/** What a process is ordered to do. */
export type Order =
  /** Every use under a key of its own, all at once. */
  | { do: 'rush'; workspaceId: WorkspaceId; keys: string[] }
  /** One work after another: reserve, then commit or give back, as the key's number says. */
  | { do: 'work'; workspaceId: WorkspaceId; keys: string[] }
  | { do: 'histories'; seed: number; runs: number }
  /** Whatever waits for a meter at Stripe is sent. */
  | { do: 'meter' }
  | { do: 'end' }

/** What it reports. `answered`: one work of many, when its commit or refund was answered. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'rushed'; allowed: number; counted: number }
  | { kind: 'answered'; key: string }
  | { kind: 'done'; wrong: string | null }

/** Whether the work of this key succeeds: every third fails, and gives its use back. */
export function succeeds(key: string): boolean {
  return Number(key.split('-').at(-1)) % 3 !== 0
}
