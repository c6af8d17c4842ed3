// Administration: everybody's sessions, logins, usage, homes, leftovers and the audit trail.

import { call, problemOf } from "./api.js";
import { confirmDelete, confirmLeftovers, confirmWithReason } from "./ask-dialog.js";
import { phaseOf } from "./phases.js";

const element = (id) => document.getElementById(id);
const every = 5000; // ms between looks at the sessions
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value !== undefined));
const time = (moment) => (moment ? new Date(moment).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : "");

function trouble(problem) {
  element("trouble").hidden = !problem;
  if (!problem) return;
  element("trouble").querySelector("h2").textContent = problem.message;
  element("trouble").querySelector("p").textContent = problem.nextStep ?? "";
}

/** Runs what a person asked for; a failure is told, and the page shows what is so now. */
async function attempt(work) {
  trouble();
  try {
    await work();
  } catch (problem) {
    trouble(problem);
  }
}

function cell(content, name = "") {
  const td = document.createElement("td");
  td.className = name;
  if (content instanceof Node) td.append(content);
  else td.textContent = content ?? "";
  return td;
}

function button(word, whose, onclick) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = word;
  made.setAttribute("aria-label", `${word} ${whose}`);
  made.onclick = () => attempt(onclick);
  return made;
}

function acts(...buttons) {
  const td = cell("", "acts");
  td.append(...buttons);
  return td;
}

/** Fills a section's table; what is empty says so. */
function fill(section, rows, empty, add = false) {
  const body = element(section).querySelector("tbody");
  const made = rows.map((cells) => {
    const tr = document.createElement("tr");
    tr.append(...cells);
    return tr;
  });
  if (add) return body.append(...made);
  if (made.length === 0) {
    const none = cell(empty, "none");
    none.colSpan = element(section).querySelectorAll("th").length;
    const tr = document.createElement("tr");
    tr.append(none);
    made.push(tr);
  }
  body.replaceChildren(...made);
}

// Sessions

const words = (seconds) => (seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`);

async function end(owner, session, verb) {
  const stops = verb === "stop";
  const reason = await confirmWithReason({
    title: `${stops ? "Stop" : "Pause"} ${session.title} of ${owner}?`,
    kept: stops ? "The home folder." : "Everything: it goes on where it was.",
    lost: stops ? "Running programs, and whatever in them is not saved." : "Nothing. Nobody can use it until it is resumed.",
    no: "Leave it",
    yes: stops ? "Stop it" : "Pause it",
  });
  if (reason === undefined) return;
  const why = query({ reason: reason || "asked for by an administrator" });
  await (stops ? call("DELETE", `admin/sessions/${session.id}?${why}`) : call("POST", `admin/sessions/${session.id}/pause?${why}`));
  await showSessions();
}

function sessionRow({ owner, session }) {
  const { phase, word } = phaseOf(session);
  const whose = `${session.title} of ${owner}`;
  const buttons = [];
  if (phase === "running") buttons.push(button("Pause", whose, () => end(owner, session, "pause")));
  if (["running", "paused", "busy"].includes(phase)) buttons.push(button("Stop", whose, () => end(owner, session, "stop")));
  const why = [session.endedBy && `by ${session.endedBy}`, session.reason ?? session.progress?.message].filter(Boolean).join(": ");
  return [cell(owner), cell(session.title), cell(word, `lamp-${phase}`), cell(words(session.elapsedSeconds)), cell(why), acts(...buttons)];
}

async function showSessions() {
  const { sessions } = await call("GET", `admin/sessions?${query({ ended: element("ended").checked, limit: 200 })}`);
  fill("sessions", sessions.map(sessionRow), "Nobody has a desktop now.");
  const running = sessions.filter(({ session }) => session.state === "running").length;
  const people = new Set(sessions.filter(({ session }) => session.state === "running").map(({ owner }) => owner)).size;
  element("summary").textContent = `${running} running, of ${people} ${people === 1 ? "person" : "people"}`;
}

// Logins

async function revoke(event) {
  event.preventDefault();
  const user = element("person").value.trim();
  await attempt(async () => {
    const response = await fetch("/auth/admin/revocations", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Berth-Request": "1" },
      body: JSON.stringify({ user }),
    });
    if (response.status === 404) throw problemOf(`Nobody is called ${user} here.`, "Names stand in addresses: /desktop/{name}-{type}.");
    if (!response.ok) throw problemOf(`${user} could not be signed out.`, "Try again, or look at auth-service's log.");
    const { ended } = await response.json();
    element("revoked").textContent = `${ended} ${ended === 1 ? "login" : "logins"} of ${user} ended.`;
  });
}

// Usage

async function showUsage() {
  const days = Math.max(1, Number(element("days").value) || 30);
  const from = new Date(Date.now() - days * 86_400_000).toISOString();
  const asked = query({ from, by: "person-and-type" });
  element("usage-csv").dataset.query = asked;
  const { rows } = await call("GET", `usage?${asked}`);
  fill("usage", rows.map((row) => [cell(row.person), cell(row.desktopType), cell(row.sessions, "number"), cell(row.hours.toFixed(1), "number")]), "Nothing in these days.");
}

/** A link can't say which form it wants, so the file is made here. */
async function saveUsage(event) {
  event.preventDefault();
  await attempt(async () => {
    const response = await fetch(`/api/v1/usage?${element("usage-csv").dataset.query}`, { headers: { Accept: "text/csv" } });
    if (!response.ok) throw problemOf("The report could not be made.", "Try again.");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = "berth-usage.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

// Homes and leftovers

async function showHomes() {
  const homes = await call("GET", "admin/homes");
  const remove = (home) => async () => {
    if (!(await confirmDelete(`${home.name} of ${home.owner ?? home.ownerId}`))) return;
    await call("DELETE", `admin/homes/${encodeURIComponent(home.ownerId)}/${encodeURIComponent(home.name)}`);
    await showHomes();
  };
  fill(
    "homes",
    homes.map((home) => [
      cell(home.owner ?? "nobody known here"),
      cell(home.name),
      cell(home.inUse ? "in use" : time(home.lastUsedAt)),
      acts(...(home.inUse ? [] : [button("Delete", `home ${home.name} of ${home.owner ?? home.ownerId}`, remove(home))])),
    ]),
    "There are no homes yet.",
  );
}

async function showLeftovers() {
  const found = await call("GET", "admin/leftovers");
  fill("leftovers", found.map((each) => [cell(each.kind.toLowerCase().replaceAll("_", " ")), cell(each.name), cell(each.why)]), "None.");
  element("clean").hidden = found.length === 0;
  element("clean").onclick = () =>
    attempt(async () => {
      if (!(await confirmLeftovers(found.length))) return;
      const ids = new URLSearchParams(found.map(({ id }) => ["id", id]));
      await call("DELETE", `admin/leftovers?${ids}`);
      await showLeftovers();
    });
}

// Audit

let next;

async function showAudit(older = false) {
  const page = await call("GET", `audit?${query({ owner: element("audit-person").value.trim(), before: older ? next : undefined, limit: 50 })}`);
  next = page.next;
  element("older").hidden = !next;
  fill("audit", page.lines.map(auditRow), "Nothing has been done yet.", older);
}

const auditRow = (line) => [
  cell(time(line.at)),
  cell(line.actor),
  cell(line.action),
  cell([line.desktopType, line.owner && `of ${line.owner}`].filter(Boolean).join(" ")),
  cell(line.reason),
  cell(line.outcome),
];

async function start() {
  const person = await call("GET", "me");
  document.documentElement.dataset.here = ""; // boot.js waits for it
  if (!person.roles?.includes("admin")) {
    document.querySelectorAll(".panel").forEach((panel) => (panel.hidden = true));
    return trouble(problemOf("This page is for administrators.", "Ask one of them, or go back to your desktops."));
  }
  for (const show of [showSessions, showUsage, showHomes, showLeftovers, showAudit]) await attemptQuietly(show);
  setInterval(() => document.hidden || document.querySelector("dialog[open]") || attemptQuietly(showSessions), every);
}

/** What fails to load leaves the rest of the page as it is. */
async function attemptQuietly(show) {
  try {
    await show();
    element("connection").textContent = "";
  } catch (problem) {
    if (problem.status) trouble(problem);
    else element("connection").textContent = "Connection lost. Trying again…";
  }
}

element("ended").onchange = () => attempt(showSessions);
element("days").onchange = () => attempt(showUsage);
element("usage-csv").onclick = saveUsage;
element("revoke").onsubmit = revoke;
element("audit-person").onchange = () => attempt(() => showAudit());
element("older").onclick = () => attempt(() => showAudit(true));
attempt(start);
