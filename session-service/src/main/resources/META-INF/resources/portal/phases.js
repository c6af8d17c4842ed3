// What a session's state means to a person.

const states = {
  requested: { phase: "busy", word: "Waiting its turn", berthed: 0.22 },
  pulling: { phase: "busy", word: "Fetching", berthed: 0.3 },
  creating: { phase: "busy", word: "Preparing", berthed: 0.6 },
  starting: { phase: "busy", word: "Starting", berthed: 0.8 },
  running: { phase: "running", word: "Running", berthed: 1 },
  pausing: { phase: "stopping", word: "Pausing", berthed: 0.7 },
  paused: { phase: "paused", word: "Paused", berthed: 1 },
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

/** `{phase: free|busy|running|paused|stopping|failed, word, berthed: 0…1, message, percent?}` of a session, or of none. */
export function phaseOf(session) {
  if (!session) return { ...states.stopped, message: "" };
  const name = String(session.state).toLowerCase();
  const state = states[name] ?? { phase: "busy", word: name, berthed: 0.5 };
  const percent = known(session.progress?.percent) ? Math.min(100, session.progress.percent) : undefined;
  const underway = name === "pulling" ? (percent ?? 0) / 400 : 0;
  return { ...state, berthed: state.berthed + underway, percent, message: waiting(session) + (session.progress?.message || messages[name] || "") };
}

/** What the server knows of the wait, before what it says is being done. */
function waiting({ progress, elapsedSeconds }) {
  if (progress?.queuePosition) return `You are number ${progress.queuePosition} in line. `;
  const left = progress?.estimateSeconds - elapsedSeconds;
  return left > 5 ? `About ${left < 90 ? `${Math.round(left)} s` : `${Math.round(left / 60)} min`} left. ` : "";
}

export const isLive = (session) => ["busy", "running", "paused", "stopping"].includes(phaseOf(session).phase);

const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
const because = { idle: "nobody has used it", absence: "nobody has it open", lifetime: "its time is over" };

/** The warning of an end that is near, or nothing. */
export function endingOf(session) {
  const { at, why, action } = session?.ending ?? {};
  return at ? `${action === "pause" ? "Pauses" : "Stops"} at ${clock(at)}: ${because[why] ?? why}.` : "";
}

const enders = {
  idle: "Stopped because nobody used it.",
  absence: "Stopped because nobody had it open.",
  lifetime: "Stopped because its time was over.",
  admin: "Stopped by an administrator.",
  system: "Stopped by Berth.",
};

/** Why a session ended that its person did not end, or nothing. */
export function endOf(session) {
  if (session?.state !== "stopped" || !(session.endedBy in enders)) return "";
  const said = session.endedBy === "admin" && session.reason; // of Berth's own reasons the sentence says all
  return said ? `Stopped by an administrator: ${session.reason}` : enders[session.endedBy];
}
