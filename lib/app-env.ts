import { z } from 'zod'

/** Which of its places this process runs in; it, not NODE_ENV, decides what exists. */
export const AppEnv = z.enum(['development', 'test', 'preview', 'production'], {
  error: 'APP_ENV must be development, test, preview or production.',
})

export type AppEnv = z.infer<typeof AppEnv>
