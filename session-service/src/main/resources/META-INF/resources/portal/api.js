// Calls to /api/v1. A failure is a Problem that a person can read; a lost login leads to sign-in.

export class Problem extends Error {
  constructor({ title, detail, nextStep, status }) {
    super(detail || title || "Berth gave no reason.");
    this.nextStep = nextStep || "Try again. If it happens again, tell your administrator.";
    this.status = status;
  }
}

const unreachable = {
  detail: "Berth can't be reached.",
  nextStep: "Check your network connection, then try again.",
};

export function signIn() {
  location.assign(`/auth/login?return_to=${encodeURIComponent(location.pathname + location.search)}`);
  return new Promise(() => {}); // nothing more happens on this page
}

async function call(method, path, body) {
  const changes = method === "GET" ? {} : { "Content-Type": "application/json", "X-Berth-Request": "1" };
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, {
      method,
      headers: { Accept: "application/json", ...changes },
      body: body && JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new Problem(unreachable);
  }
  if (response.status === 401) return signIn();
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) throw new Problem({ status: response.status, ...answer });
  return answer;
}

export const me = () => call("GET", "me");
export const desktopTypes = () => call("GET", "desktop-types");
export const sessions = () => call("GET", "sessions");
export const launch = (desktopType) => call("POST", "sessions", { desktopType });
export const stop = (id) => call("DELETE", `sessions/${encodeURIComponent(id)}`);
