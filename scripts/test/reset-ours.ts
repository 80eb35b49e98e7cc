import { join } from 'node:path'
import { vi } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'

/**
 * Forgets every module of ours, so that the next import runs it anew. The sandbox stays: it takes nothing
 * from what is tested, as Stripe does not, keeps its state in what `startSandbox` returns, and would be half
 * of what a test file loads. Loaded once, it also stays as quick as a server that has run for a while.
 */
export function resetOurs(): void {
  const kept = [...modules()].filter(([path]) => path.startsWith(SANDBOX))
  const loaded = kept.map(([, { promise, exports, evaluated }]) => ({
    promise,
    exports,
    evaluated,
  }))
  vi.resetModules()
  for (const [n, [, module]] of kept.entries()) Object.assign(module, loaded[n])
}

const SANDBOX = join(ROOT, 'sandbox/')

type Module = { promise?: unknown; exports?: unknown; evaluated: boolean }

/** What Vitest has loaded in this worker, by path. It says so to no one: without it nothing is kept. */
function modules(): Map<string, Module> {
  // Vitest's own, on the global object; the cast names what its `resetModules` goes through.
  const { __vitest_worker__: worker } = globalThis as {
    __vitest_worker__?: { evaluatedModules?: { idToModuleMap?: Map<string, Module> } }
  }
  return worker?.evaluatedModules?.idToModuleMap ?? new Map()
}
