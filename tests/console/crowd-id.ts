/** The id of the nth user of a crowd, and of its workspace, in SQL. */
export const ID = `('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))`
