/** What is wrong with an email address, or null. Only its shape: no mail leaves the sandbox. */
export function emailError(email: string): string | null {
  if (email === '') return 'Enter an email address.'
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)
    ? null
    : 'Write the email address in full, for example name@example.com.'
}
