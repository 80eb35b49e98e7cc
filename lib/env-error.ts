/** Everything that is wrong with the environment, one line each, with what to do about it. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
  /** @param onlyUnset nothing is wrong but that variables are not set at all, as in a fresh deployment */
  constructor(
    readonly problems: string[],
    readonly onlyUnset = false,
  ) {
    super(`The environment is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
  }
}
