import nextEnv from '@next/env'
import { understand } from '@/lib/env-aliases'
import { ROOT } from './paths'

/**
 * Reads the .env files into the environment, the same ones in the same order as Next. What came under a
 * name of Vercel's Marketplace stands under ours afterwards.
 */
export function loadEnv(): void {
  const quiet = { info: () => {}, error: console.error }
  nextEnv.loadEnvConfig(ROOT, process.env.NODE_ENV !== 'production', quiet)
  Object.assign(process.env, understand(process.env).variables)
}
