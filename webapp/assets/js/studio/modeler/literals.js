// Text that stands in a file as a literal of FEEL, as people read and write it.
export function unquoted(text) {
  try {
    const read = JSON.parse(text);
    return typeof read === "string" ? read : text;
  } catch {
    return text;
  }
}

export const quoted = (text) => text && JSON.stringify(text);
