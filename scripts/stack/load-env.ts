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
  const { variables, from } = understand(process.env)
  Object.assign(process.env, variables)
  Object.assign(cameUnder, from)
}

/** The name that a variable of ours was given under, for sentences about it. */
export function nameGiven(name: string): string {
  return cameUnder[name] ?? name
}

// The environment does not say it any more, once ours stands in it.
const cameUnder: Record<string, string> = {}
