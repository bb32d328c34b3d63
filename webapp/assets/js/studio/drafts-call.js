// Questions to the server, as JSON with the token of the page.
import { say } from "./drafts-words.js";

const PATIENCE = 60_000;

// What the server refused, or could not be asked: `status` is 0 where it was not reached.
export class Refused extends Error {
  constructor(status, problem = {}) {
    // What is wrong as a whole is often what is wrong with its one field: said once.
    const told = new Set([problem.detail || problem.title, ...Object.values(problem.errors || {}).flat()]);
    super([...told].filter(Boolean).join(" ") || say(status ? "no_answer" : "unreached", { status }));
    this.status = status;
    this.problem = problem;
  }

  // The same question may well be answered a little later.
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

// `given` ends the question early; nobody waits longer than PATIENCE in any case.
export async function call(token, method, address, body, given) {
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = given ? AbortSignal.any([given, patience]) : patience;
  const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json", "X-CSRFToken": token }) };
  let answer;
  try {
    answer = await fetch(address, { method, signal, credentials: "same-origin", headers, body: body && JSON.stringify(body) });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Refused(0);
  }
  const value = await answer.json().catch(() => null);
  if (!answer.ok || value === null) {
    // An answer that is cut off, or a page in place of an answer, says nothing of what was done.
    throw new Refused(answer.ok ? 0 : answer.status, value || {});
  }
  return value;
}
