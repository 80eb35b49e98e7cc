import { disconnect } from '@/db/client'

/** Runs an operator's command: what it refuses is one line and exit code 1, and its connections end with it. */
export async function runCommand(main: () => Promise<unknown>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await disconnect()
  }
}
