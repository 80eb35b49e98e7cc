/**
 * Leaves the stacks that Stripe's SDK takes down at each of its calls, in case one fails, as they are. Vitest
 * finds the source of each line of a stack as soon as it is asked for, which is slower than the call's own work.
 * An error of the SDK itself has a message, and is mapped as before.
 */
export function keepStripeStacksPlain(): void {
  const mapped = Error.prepareStackTrace
  if (mapped === undefined || mapped.name === plain.name) return
  function plain(error: Error, sites: NodeJS.CallSite[]): unknown {
    if (error.message !== '' || !sites[0]?.getFileName()?.includes(SDK)) {
      return mapped?.(error, sites)
    }
    return ['Error', ...sites.map((site) => `    at ${site}`)].join('\n')
  }
  Error.prepareStackTrace = plain
}

// In paths and in addresses of files, on every system.
const SDK = '/node_modules/stripe/'
