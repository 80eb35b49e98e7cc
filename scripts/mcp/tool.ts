import type { z } from 'zod'
import type { Ready } from './prepare'

/** One thing that an agent can ask. It reads, and changes nothing. */
export type Tool = {
  title: string
  /** For an agent that chooses: what it answers, and when to ask it. */
  description: string
  takes: z.ZodObject
  run(asked: Record<string, unknown>, ready: Ready): Promise<unknown>
}

/** A tool whose work is typed by what it takes. */
export function tool<Takes extends z.ZodObject>(of: {
  title: string
  description: string
  takes: Takes
  run(asked: z.infer<Takes>, ready: Ready): Promise<unknown>
}): Tool {
  // Safe: `callTool` runs it with what `takes` has parsed, and with nothing else.
  return of as unknown as Tool
}
