import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { changedFunctions, functionsMigration } from './migrations/functions'
import { MIGRATIONS, migrationFiles, newestMigration } from './migrations/journal'
import { tool } from './stack/paths'
import { runHere } from './stack/run'

/**
 * `npm run db:generate`: a migration for what changed in db/schema, and one for what changed in
 * db/functions. `-- --fresh` writes all of them anew, which only a project without a deployment may do.
 */
if (process.argv.includes('--fresh')) rmSync(MIGRATIONS, { recursive: true, force: true })

await generate('--name', 'schema')
for (const file of migrationFiles()) writeFileSync(file, anySchema(readFileSync(file, 'utf8')))
const changed = changedFunctions()
if (changed.length > 0) {
  await generate('--custom', '--name', 'functions')
  writeFileSync(newestMigration(), functionsMigration(changed))
  console.log(`db/functions: ${changed.map(({ file }) => file).join(', ')}`)
}

// Drizzle names `public` in foreign keys, and the tables may stand in another schema.
function anySchema(text: string): string {
  return text.replaceAll('"public".', '')
}

async function generate(...options: string[]): Promise<void> {
  const code = await runHere(tool('drizzle-kit/bin.cjs', 'generate', ...options))
  if (code !== 0) process.exit(code)
}
