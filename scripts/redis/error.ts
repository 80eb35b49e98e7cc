/** An answer that begins with an error code, worded as Redis words it. */
export class RedisError extends Error {}

export const syntaxError = () => new RedisError('ERR syntax error')

export const notAnInteger = () => new RedisError('ERR value is not an integer or out of range')

export const wrongArity = (name: string) =>
  new RedisError(`ERR wrong number of arguments for '${name}' command`)
