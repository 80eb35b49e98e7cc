/** Whether a test file stands on a database of its own: its name says so. */
export const wantsDatabase = (path: string) => path.endsWith('.db.test.ts')
