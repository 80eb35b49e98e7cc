import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SOAK_TESTS, WITHOUT_SOAKS } from './scripts/test/soaks.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

const alias = {
  '@/': root,
  // The real one throws outside of a React server; tests are neither client nor server component.
  'server-only': fileURLToPath(new URL('./scripts/server-only-stub.ts', import.meta.url)),
}

const soaks = WITHOUT_SOAKS ? SOAK_TESTS : []

// Whatever is sold, the tests hold: `ONE_MORE_PLAN=between npm run test:unit` runs them with a plan more.
const oneMorePlan = {
  name: 'one-more-plan',
  enforce: 'pre' as const,
  resolveId: (source: string, importer = '') =>
    process.env.ONE_MORE_PLAN &&
    `${importer} ${source}`.endsWith('lib/catalog/plans.ts ./catalog-of')
      ? fileURLToPath(new URL('./tests/catalogs/one-more-plan.ts', import.meta.url))
      : null,
}

export default defineConfig({
  plugins: [oneMorePlan],
  resolve: { alias },
  // No test looks at styles, and Tailwind takes seconds to load.
  css: { postcss: {} },
  // One project for pure tests and those on a database: each further one transforms all modules once more.
  test: {
    include: ['{app,lib,db,sandbox,scripts,tests,bench}/**/*.test.{ts,tsx}'],
    exclude: [...soaks],
    globalSetup: ['scripts/test-global-setup.ts'],
    isolate: false,
    // Threads begin a little sooner, and share what some tests measure of a process.
    pool: 'forks',
    // One more than cores: a good part of what tests take is waiting for Postgres, or for a limit to pass.
    maxWorkers: availableParallelism() + 1,
    sequence: { setupFiles: 'list' },
    setupFiles: ['scripts/new-file.ts', 'scripts/database-where-wanted.ts', 'scripts/quiet-log.ts'],
    // next-auth imports Next by bare file names, which only a bundler resolves.
    server: { deps: { inline: ['next-auth'] } },
    // Some start a database or a browser, on machines that are busy with everything else; the long ones take their time.
    testTimeout: WITHOUT_SOAKS ? 30_000 : 180_000,
    hookTimeout: WITHOUT_SOAKS ? 30_000 : 180_000,
  },
})
