/** What Next costs by itself. */
export async function POST() {
  return Response.json({ status: 'accepted' })
}
