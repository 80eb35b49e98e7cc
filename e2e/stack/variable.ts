/** A variable that `npm run test:e2e` sets. */
export function variable(name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is not set. Run the stories with \`npm run test:e2e\`.`)
}
