type Kept = { name: string; value: string; maxAge?: number; [attribute: string]: unknown }

/** A browser's cookies, as `cookies()` of Next hands them to an action and to the page that follows. */
export class CookieJar {
  kept = new Map<string, Kept>()

  get = (name: string) => this.kept.get(name)
  getAll = () => [...this.kept.values()]
  set = (cookie: Kept | string, value = '', attributes: object = {}) => {
    const whole = typeof cookie === 'string' ? { name: cookie, value, ...attributes } : cookie
    if ('maxAge' in whole && whole.maxAge === 0) this.kept.delete(whole.name)
    else this.kept.set(whole.name, whole)
  }
}
