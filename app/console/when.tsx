/** An instant as operators compare it with logs and with Stripe: to the second, in UTC. */
export function When({ at }: { at: Date }) {
  const iso = at.toISOString()
  return (
    <time dateTime={iso} title={iso} className="whitespace-nowrap font-mono text-xs">
      {iso.slice(0, 19).replace('T', ' ')}
    </time>
  )
}
