import type { Route } from 'next'
import type { Query } from '@/app/components/read-refusal'
import { markText, readMark } from '@/app/console/read-query'
import type { AuditFilter } from '@/lib/console/audit'

/** Which rows an address asks for; what it says that can be no filter is left out. */
export function readAuditFilter({ action, scope, by, before }: Query): AuditFilter {
  return {
    action: typeof action === 'string' && /^[a-z_.]{3,80}$/.test(action) ? action : null,
    scope: typeof scope === 'string' && /^[\w:.-]{3,300}$/.test(scope) ? scope : null,
    operators: by === 'operators',
    before: readMark(before),
  }
}

/** The same as the address of the page. */
export function auditPath({ action, scope, operators, before }: AuditFilter, more = ''): Route {
  const given = {
    ...{ action, scope, by: operators ? 'operators' : null },
    before: before && markText(before),
  }
  const kept = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `/console/audit?${new URLSearchParams(kept)}${more}`
}
