/**
 * What `work` gives, or an error once `milliseconds` of real time have passed. The work itself is
 * not stopped: use it where finishing late does no harm.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<never>((_, reject) => {
    // Not a reason to keep a process alive: the work itself is one, if anybody still needs it.
    timer = setTimeout(() => reject(late()), milliseconds).unref()
  })
  try {
    return await Promise.race([work, end])
  } finally {
    clearTimeout(timer)
  }
}
