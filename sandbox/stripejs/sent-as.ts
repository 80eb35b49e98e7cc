import { type Html, trusted } from '@/sandbox/pages/html'

/**
 * A function of ours as the text of a script that runs it. It may use nothing but its arguments and
 * what a browser has.
 */
export function sentAs(run: () => void): Html {
  return trusted(`(() => { ${BUILD}(${run.toString()})() })()\n`)
}

/** What a build may have put into the text of a function: esbuild's way to keep names. */
export const BUILD = 'const __name = (named) => named;'
