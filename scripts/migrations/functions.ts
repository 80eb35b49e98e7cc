import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { migrationFiles } from './journal'

/** A file of db/functions and its text. */
export type FunctionFile = { file: string; text: string }

const FUNCTIONS = join(ROOT, 'db', 'functions')

/** Every file of db/functions, by name. */
export function functionFiles(): FunctionFile[] {
  return readdirSync(FUNCTIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(FUNCTIONS, file), 'utf8').trim() }))
}

/** Those that the migrations do not bring as they are now. */
export function changedFunctions(): FunctionFile[] {
  const migrated = migratedFunctions()
  return functionFiles().filter(({ file, text }) => migrated.get(file) !== text)
}

/** A migration that brings these files, and then renews what the application's roles may do. */
export function functionsMigration(files: readonly FunctionFile[]): string {
  const parts = files.map(({ file, text }) => `${HEAD}${file}\n${text}`)
  return `${[FIRST, ...parts, LAST].join(BREAK)}\n`
}

const BREAK = '\n--> statement-breakpoint\n'
const HEAD = '-- db/functions/'

// The files stand in the order of their names, and call each other in any order.
const FIRST =
  '-- Written by `npm run db:generate` from db/functions. Do not edit.\nSET LOCAL check_function_bodies = off;'

const LAST = 'SELECT grant_application(role) FROM application_roles() role;'

// The last migration that brings a file says how it is in a migrated database.
function migratedFunctions(): Map<string, string> {
  const parts = migrationFiles().flatMap((path) => readFileSync(path, 'utf8').split(BREAK))
  return new Map(
    parts
      .filter((part) => part.startsWith(HEAD))
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(HEAD.length, end), part.slice(end + 1).trim()]
      }),
  )
}
