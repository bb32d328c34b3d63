// Asks our own engine about an expression; what was asked before is answered from memory.
import { call } from "../drafts-call.js";

const REMEMBERED = 200;

// Returns ask({text, kind, element?, names?}) -> {type, error: {message, line, column} | null}.
export function expressionChecker(address, token) {
  const known = new Map();
  return async function ask(question) {
    const key = JSON.stringify(question);
    if (!known.has(key)) {
      if (known.size >= REMEMBERED) {
        known.clear();
      }
      known.set(key, call(token, "POST", address, question));
    }
    try {
      return await known.get(key);
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
}
