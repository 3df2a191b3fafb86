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

/** Waits, unless what is waited for is given up. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** A large store takes its time to be loaded; a busy server asks to be asked again. Whoever shows something is told meanwhile. */
async function patient(address, signal) {
  for (;;) {
    const response = await fetch(address, { signal });
    const again = Number(response.headers.get("Retry-After"));
    if (response.status !== 503 || !again) return response;
    const { error } = await response.json().catch(() => ({}));
    document.dispatchEvent(new CustomEvent("waiting", { detail: error ?? "the server is busy" }));
    await pause(again * 1000, signal);
  }
}

/** GET /api/…; parameters that are empty are left out. */
export async function get(path, parameters = {}, options = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return read(await patient(`/api/${path}${text ? `?${text}` : ""}`, options.signal));
}

/** POST /api/corrections, with the token of who may write. */
export async function correct(correction, token) {
  return read(
    await fetch("/api/corrections", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(correction),
    }),
  );
}

/** How often, in milliseconds, a store is asked whether its graph follows. */
const FOLLOWING = 1000;

/** Comes back once the answers follow all corrections. */
export async function followed() {
  while (!(await get("status")).current) await pause(FOLLOWING);
}

let known;
/** Version, base and whether corrections are taken; asked once. */
export const status = () => (known ??= get("status").catch(() => ({ allow_update: false })));
