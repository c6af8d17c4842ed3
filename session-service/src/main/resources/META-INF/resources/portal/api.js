// Calls to /api/v1. A failure is a Problem that a person can read; a lost login leads to sign-in.

export class Problem extends Error {
  constructor({ title, detail, nextStep, status, retryAfter }) {
    super(detail || title || "Berth gave no reason.");
    this.nextStep = nextStep || "Try again. If it happens again, tell your administrator.";
    this.status = status;
    this.retryAfter = retryAfter; // seconds
  }
}

/** A failure in words of the page itself. */
export const problemOf = (detail, nextStep) => new Problem({ detail, nextStep });

const unreachable = {
  detail: "Berth can't be reached.",
  nextStep: "Check your network connection, then try again.",
};

// A browser drops every request when a network comes or goes, as a container's does on the machine that runs it.
const pauses = [100, 400, 1000, 2000]; // ms between attempts
const once = [];
const patience = 30_000; // ms for one attempt
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A fetch and its text, made again when the network drops it; so only for what may safely arrive twice. */
async function ask(address, options, attempts) {
  for (const pause of [...attempts, undefined]) {
    try {
      const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(patience), ...options });
      return { response, text: await response.text() };
    } catch (failure) {
      if (pause === undefined || failure.name === "TimeoutError") throw new Problem(unreachable);
      await sleep(pause);
    }
  }
}

export function signIn() {
  location.assign(`/auth/login?return_to=${encodeURIComponent(location.pathname + location.search)}`);
  return new Promise(() => {}); // nothing more happens on this page
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function call(method, path, body, attempts = pauses) {
  const changes = method === "GET" ? {} : { "Content-Type": "application/json", "X-Berth-Request": "1" };
  const { response, text } = await ask(`/api/v1/${path}`, {
    method,
    headers: { Accept: "application/json", ...changes },
    body: body && JSON.stringify(body),
  }, attempts);
  if (response.status === 401) return signIn();
  const answer = parsed(text);
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  if (!response.ok) throw new Problem({ status: response.status, ...answer, retryAfter });
  return answer;
}

// Launching gives the session that is there, stopping one that has ended changes nothing: each may arrive twice.

export const me = () => call("GET", "me");
export const desktopTypes = () => call("GET", "desktop-types");
export const sessions = () => call("GET", "sessions");
export const launch = (desktopType) => call("POST", "sessions", { desktopType });
export const stop = (id) => call("DELETE", `sessions/${encodeURIComponent(id)}`);
export const pause = (id) => call("POST", `sessions/${encodeURIComponent(id)}/pause`);
export const resume = (id) => call("POST", `sessions/${encodeURIComponent(id)}/resume`);
export const extend = (id) => call("POST", `sessions/${encodeURIComponent(id)}/extend`);
export const homes = () => call("GET", "homes");
export const resetHome = (name) => call("POST", `homes/${encodeURIComponent(name)}/reset`);
export const deleteHome = (name) => call("DELETE", `homes/${encodeURIComponent(name)}`);
export const archiveOf = (name) => `/api/v1/homes/${encodeURIComponent(name)}/archive`;

// Restarting twice closes twice: a network that breaks leaves it to the person to ask again.
export const restart = (id) => call("POST", `sessions/${encodeURIComponent(id)}/restart`, undefined, once);
