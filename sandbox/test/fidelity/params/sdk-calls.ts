import { readFileSync } from 'node:fs'
import { type Meant, resourceFiles } from '@/sandbox/test/fidelity/sdk-types'

/** The parameters' type of every call that the installed SDK can make, by `POST /v1/things/:id`. */
export function paramsByCall(): Map<string, Meant | null> {
  const found = new Map<string, Meant | null>()
  for (const file of resourceFiles()) {
    const types = readFileSync(file, 'utf8')
    const calls = callsIn(readFileSync(file.replace(/\.d\.ts$/, '.js'), 'utf8'))
    for (const [name, call] of calls) {
      const type = paramsOf(types, name)
      const scope = { file, within: [], params: new Map() }
      found.set(call, type === null ? null : { type: { kind: 'named', name: type, of: [] }, scope })
    }
  }
  return found
}

/** Paths as both sides can write them: whatever the variable parts are called. */
export function callOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/:\w+/g, ':id')}`
}

/** `Class.method` and what it requests. */
function callsIn(source: string): [name: string, call: string][] {
  let of = ''
  let method = ''
  const found: [string, string][] = []
  for (const line of source.split('\n')) {
    of = /^export class (\w+)/.exec(line)?.[1] ?? of
    method = /^ {4}(\w+)\(.*\) \{$/.exec(line)?.[1] ?? method
    const request = /_makeRequest\('(\w+)', (['`])(.+?)\2/.exec(line)
    if (!request) continue
    const path = (request[3] ?? '').replaceAll(/\$\{[^}]*\}/g, ':id')
    found.push([`${of}.${method}`, callOf(request[1] ?? '', path)])
  }
  return found
}

/** The name of the type that a method's `params` has; null when it takes none. */
function paramsOf(types: string, name: string): string | null {
  const [of = '', method = ''] = name.split('.')
  const body = types.slice(types.indexOf(`class ${of} `))
  const signature = new RegExp(`^ {4}${method}\\((.*)\\): `, 'm').exec(body)?.[1] ?? ''
  return /\bparams\??: ([\w.]+)/.exec(signature)?.[1] ?? null
}
