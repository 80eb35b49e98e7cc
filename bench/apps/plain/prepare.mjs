import postgres from 'postgres'

const sql = postgres(process.env.DATABASE_URL, { max: 1 })
await sql`create table events (id text primary key, type text not null, payload text not null)`
await sql.end()
