import { given } from '@/scripts/stack/given'

/** What is missing where others reach the app: it answers no request to a name that it does not know. */
export function addressRemark(host: string | undefined): string[] {
  if (isHere(host) || given('APP_URL')) return []
  return ['Others must open it at the address in APP_URL: set it, such as http://192.168.1.5:3000.']
}

/** From where the app can be reached, and how to change it. */
export function hostRemark(host: string | undefined, sandboxUrl: string | null): string[] {
  if (isHere(host))
    return ['Only this machine reaches it; `-- --host 0.0.0.0` opens it to the network.']
  const danger = sandboxUrl ? ': every visitor can read the mail and sign in as any user' : ''
  return [`Open to the network (--host ${host})${danger}.`]
}

function isHere(host: string | undefined): boolean {
  return host === undefined || /^(localhost|127\..*|::1|\[::1\])$/.test(host)
}
