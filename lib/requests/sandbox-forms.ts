import type { ServerResponse } from 'node:http'
import { besideSandbox } from './content-policy'

/**
 * Lets the forms of a page end at a sandbox on this machine. A build does not know where it will run,
 * and its policy names Stripe alone: so that what is tested is the very build that is deployed, it is
 * the server beside a sandbox that adds to it.
 */
export function allowSandboxForms(response: ServerResponse): void {
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) => {
    const policy = /^content-security-policy$/i.test(name) && typeof value === 'string'
    return set(name, policy ? besideSandbox(value) : value)
  }
}
