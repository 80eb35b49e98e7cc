/** The cookie whose value is the key to a session, by its name over http. */
export const SESSION_COOKIE = 'authjs.session-token'

/** Its names: over https a browser takes it from this very host alone. A build does not know which one it will have. */
export const SESSION_COOKIES = [SESSION_COOKIE, `__Host-${SESSION_COOKIE}`] as const
