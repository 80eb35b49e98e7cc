import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inSchema } from '@/lib/env-schema'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { grantApplication } from './grant'

/**
 * A database in which another application lives, with tables of our names. `moveIn` brings ours into the
 * schema `billing` of it, and makes this test file an application there, in a role of its own: call it
 * before anything reads the environment, which happens once.
 */
export async function besideOthers() {
  const tail = randomBytes(6).toString('hex')
  const [name, role] = [`ledgerline_test_${tail}`, `ledgerline_app_${tail}`]
  const given = process.env.DATABASE_URL ?? ''
  const place = Object.assign(new URL(given), { pathname: name }).href
  const owner = inSchema(place, 'billing')
  const server = postgres(given, { max: 1, onnotice: () => {} })
  await server`create database ${server(name)}`
  const others = postgres(place, { max: 1, onnotice: () => {} })
  await others.unsafe(OTHERS)
  let said = ''
  return {
    /** The owner's address, in our schema. */
    owner,
    /** A connection of the other application. */
    others,
    theirs: () => theirs(others),
    migrated: () => said,
    async moveIn() {
      said = await migrateDatabase(owner)
      const password = (await grantApplication(owner, role)) ?? ''
      const app = Object.assign(new URL(place), { username: role, password }).href
      process.env.DATABASE_URL = app
      process.env.DATABASE_SCHEMA = 'billing'
      return app
    },
    async close() {
      await others.unsafe(`drop owned by ${role}; drop role ${role}`)
      await others.end()
      await server`drop database if exists ${server(name)} with (force)`
      await server.end()
    },
  }
}

// Of the same names as ours, with what an application keeps in them; and a journal of drizzle that is ahead.
const OTHERS = `
  create table users (id serial primary key, email text);
  create table subscriptions (id text primary key, plan text);
  create table customers (id text, livemode boolean default true);
  create table operators (user_id text);
  create schema drizzle;
  create table drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
  insert into users (email) values ('theirs@example.test');
  insert into subscriptions values ('sub_theirs', 'gold');
  insert into customers values ('cus_theirs');
  insert into operators values ('theirs');
  insert into drizzle.__drizzle_migrations (hash, created_at) values ('theirs', 9000000000000);`

// Every row, and who may do what with which of their tables, schemas and the database.
async function theirs(others: postgres.Sql) {
  return {
    users: await others`select * from public.users`,
    subscriptions: await others`select * from public.subscriptions`,
    customers: await others`select * from public.customers`,
    operators: await others`select * from public.operators`,
    journal: await others`select * from drizzle.__drizzle_migrations`,
    objects: await others`select relname, relacl::text from pg_class
      where relnamespace in ('public'::regnamespace, 'drizzle'::regnamespace) order by 1`,
    functions:
      await others`select proname from pg_proc where pronamespace = 'public'::regnamespace`,
    schemas: await others`select nspname, nspacl::text from pg_namespace
      where nspname in ('public', 'drizzle') order by 1`,
    everyone:
      await others`select has_database_privilege('public', current_database(), 'TEMPORARY') as temporary`,
  }
}
