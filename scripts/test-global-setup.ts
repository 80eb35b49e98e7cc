import type { TestProject } from 'vitest/node'
import { wantsDatabase } from './test-databases/wanted'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string }
    redis: { url: string; token: string }
  }
}

/** Once for all tests on a database, and only if one is to run: a Postgres and a Redis. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let stop: (() => Promise<void>) | undefined
  const startFor = async (paths: readonly string[]) => {
    if (stop !== undefined || !paths.some(wantsDatabase)) return
    // Loaded here: a run of pure tests has no use for it.
    const { startStores } = await import('./test-databases/stores')
    stop = await startStores(project)
  }
  // While Vitest watches, the first of them may come later.
  project.onTestsRerun((files) => startFor(files.map(({ moduleId }) => moduleId)))
  await startFor(project.vitest.state.getPaths())
  return async () => stop?.()
}
