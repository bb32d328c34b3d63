// Plays scenarios on the server and tells each event as it comes.

// Returns a function that stops it; `told` is called with every event, `ended` once.
export function run(draft, only, told, ended) {
  const stop = new AbortController();
  play(draft, only, told, stop.signal)
    .then(() => ended(null))
    .catch((error) => ended(error.name === "AbortError" ? null : error));
  return () => stop.abort();
}

async function play(draft, only, told, signal) {
  const answer = await fetch(`${draft.address}/tests/run`, {
    method: "POST",
    signal,
    credentials: "same-origin",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": draft.token },
    body: JSON.stringify({ only }),
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail || `HTTP ${answer.status}`);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value || "")).split("\n");
    rest = lines.pop();
    lines.filter(Boolean).forEach((line) => told(JSON.parse(line)));
    if (done) {
      return;
    }
  }
}
