// Asking the server.

/** What went wrong, in the server's words. */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function read(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem(response.status, text.slice(0, 300) || `the server answered ${response.status}`);
  }
  if (!response.ok) throw new Problem(response.status, body?.error ?? `the server answered ${response.status}`);
  return body;
}

/** GET /api/…; parameters that are empty are left out. */
export async function get(path, parameters = {}, options = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return read(await fetch(`/api/${path}${text ? `?${text}` : ""}`, { signal: options.signal }));
}

/** POST /api/corrections, with the token of who may write. */
export async function correct(correction, token) {
  return read(await fetch("/api/corrections", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(correction),
  }));
}

let known;
/** Version, base and whether corrections are taken; asked once. */
export const status = () => (known ??= get("status").catch(() => ({ allow_update: false })));
