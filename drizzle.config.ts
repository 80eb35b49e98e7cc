import { defineConfig } from 'drizzle-kit'

// Generating needs no database; `npm run db:migrate` applies what stands in db/migrations.
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/*.ts',
  out: './db/migrations',
  casing: 'snake_case',
})
