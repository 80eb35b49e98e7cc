import nextEnv from '@next/env'
import { ROOT } from './paths'

/** Reads the .env files into the environment, the same ones in the same order as Next. */
export function loadEnv(): void {
  const quiet = { info: () => {}, error: console.error }
  nextEnv.loadEnvConfig(ROOT, process.env.NODE_ENV !== 'production', quiet)
}
