// What a session's state means to a person.

const states = {
  requested: { phase: "busy", word: "Waiting its turn", berthed: 0.22 },
  pulling: { phase: "busy", word: "Fetching", berthed: 0.3 },
  creating: { phase: "busy", word: "Preparing", berthed: 0.6 },
  starting: { phase: "busy", word: "Starting", berthed: 0.8 },
  running: { phase: "running", word: "Running", berthed: 1 },
  pausing: { phase: "stopping", word: "Pausing", berthed: 0.7 },
  paused: { phase: "free", word: "Paused", berthed: 0.5 },
  resuming: { phase: "busy", word: "Resuming", berthed: 0.7 },
  restarting: { phase: "busy", word: "Restarting", berthed: 0.5 },
  stopping: { phase: "stopping", word: "Stopping", berthed: 0.25 },
  stopped: { phase: "free", word: "Not running", berthed: 0 },
  failed: { phase: "failed", word: "Failed", berthed: 0 },
};
const messages = {
  requested: "Your desktop is next in line.",
  pulling: "Fetching the desktop's image. This is slow only the first time.",
  creating: "Making your desktop.",
  starting: "Your desktop is starting up.",
  pausing: "Putting your desktop to rest.",
  resuming: "Waking your desktop.",
  restarting: "Closing programs, to start again.",
  stopping: "Closing programs.",
};

const known = (percent) => Number.isFinite(percent) && percent >= 0;

/** `{phase: free|busy|running|stopping|failed, word, berthed: 0…1, message, percent?}` of a session, or of none. */
export function phaseOf(session) {
  if (!session) return { ...states.stopped, message: "" };
  const name = String(session.state).toLowerCase();
  const state = states[name] ?? { phase: "busy", word: name, berthed: 0.5 };
  const percent = known(session.progress?.percent) ? Math.min(100, session.progress.percent) : undefined;
  const underway = name === "pulling" ? (percent ?? 0) / 400 : 0;
  return { ...state, berthed: state.berthed + underway, percent, message: session.progress?.message || messages[name] || "" };
}

export const isLive = (session) => ["busy", "running", "stopping"].includes(phaseOf(session).phase) || session?.state === "paused";
