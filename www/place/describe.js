/** A request as the page shows it; `conceal(text)` hides what nobody may see. */
export async function describeRequest(request, conceal = (text) => text) {
  return {
    method: request.method,
    url: conceal(request.url),
    headers: [...request.headers].map(([name, value]) => [name, conceal(value)]),
    body: conceal(await request.text()),
  };
}

export async function describeAnswer(response, conceal = (text) => text) {
  return { status: response.status, body: conceal(await response.text()) };
}
