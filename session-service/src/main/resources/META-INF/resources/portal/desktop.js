// The page at a desktop's own address while the desktop is not there: starts it, shows its start, and enters it.

import * as api from "./api.js";
import { count } from "./clock.js";
import { entrance } from "./entrance.js";
import { follow } from "./events.js";
import { endOf, phaseOf } from "./phases.js";
import { berth, drawType } from "./scene.js";

const page = document.body;
const { title, type, path } = page.dataset;
const element = (id) => document.getElementById(id);
const scene = document.querySelector(".scene");
const [form, button, cancel] = ["start", "launch", "cancel"].map(element);
const byItself = "It opens here by itself.";
const once = 30_000; // ms in which a visit starts a desktop once
let current;
let visit = false;
let entering = false;

function words(phase, session) {
  return {
    busy: [`${title} is starting`, visit ? `You opened its address, so it was started. ${byItself}` : byItself],
    running: [`${title} is ready`, "Opening it."],
    stopping: [`${title} is stopping`, "It can be started again in a moment."],
    free: [`${title} is not running`, `${endOf(session)} Your home folder is kept. Start it, and it opens here by itself.`.trim()],
    paused: [`${title} is paused`, "It keeps what it has. Resume it, and it opens here where it was."],
    failed: [
      `${title} ${session?.startedAt ? "has ended" : "could not be started"}`,
      "Try again. If it fails again, show this to your administrator.",
      session?.reason || "Berth gave no reason.",
    ],
  }[phase];
}

function show(session) {
  const focused = document.activeElement;
  const { phase, berthed, message, percent } = phaseOf(session);
  present(phase, ...words(phase, session));
  berth(scene, berthed);
  tell(element("message"), message);
  count(element("elapsed"), phase === "busy" ? session.elapsedSeconds : undefined);
  if (percent === undefined) element("progress").removeAttribute("value");
  else element("progress").value = percent;
  cancel.hidden = phase !== "busy" || !session.id;
  keepFocus(focused);
  if (phase === "running") enter();
}

/** Whoever's button has gone waits at the heading for the next one, not at the top of the page. */
function keepFocus(focused) {
  const heading = element("heading");
  if (focused.hidden || focused === heading) (button.hidden ? heading : button).focus();
}

function present(phase, heading, note, reason = "") {
  page.dataset.phase = phase;
  tell(element("heading"), heading);
  document.title = `${heading} · Berth`;
  tell(element("note"), note);
  tell(element("reason"), reason);
  element("failure").hidden = !reason;
  element("doing").hidden = phase !== "busy" && phase !== "stopping";
  button.textContent = { failed: "Try again", paused: `Resume ${title}` }[phase] ?? `Start ${title}`;
  button.hidden = !["free", "paused", "failed"].includes(phase);
}

/** Screen readers hear what changed, and not what was written over with the same. */
function tell(part, text) {
  if (part.textContent !== text) part.textContent = text;
}

async function enter() {
  if (entering) return;
  entering = true;
  await entrance(`/desktop/${path}`);
  // A bookmark of a place inside the desktop leads there; what a form answered has another address.
  if (location.pathname.startsWith(`/desktop/${path}`)) location.reload();
  else location.replace(`/desktop/${path}`);
}

function take(session) {
  if (session.path !== path || Date.parse(session.createdAt) < Date.parse(current?.createdAt)) return;
  const { phase } = phaseOf(session);
  // What the server wrote about an ended session is what there is to say until something changes.
  const asServed = !current || (current.id === session.id && current.state === session.state);
  current = session;
  if (!(asServed && ["free", "paused", "failed"].includes(phase) && page.dataset.phase === phase)) show(session);
}

async function attempt(request, meanwhile) {
  const before = current;
  show(meanwhile); // at once, before the answer
  try {
    take(await request());
  } catch (problem) {
    current = before;
    if (problem.status === 409 && phaseOf(before).phase === "stopping") return show(before);
    present("failed", `${title} could not be ${meanwhile.state === "stopping" ? "stopped" : "started"}`, problem.nextStep, problem.message);
    berth(scene, 0);
    cancel.hidden = true;
    button.focus();
  }
}

const launch = () => attempt(() => api.launch(type), { state: "requested", elapsedSeconds: 0 });

form.onsubmit = (event) => {
  event.preventDefault();
  visit = false;
  launch();
};
cancel.onclick = () => current?.id && attempt(() => api.stop(current.id), { ...current, state: "stopping" });

/** A page that is only prepared, or that nobody looks at, starts nothing. */
function seen() {
  return new Promise((resolve) => {
    const look = () => !document.prerendering && !document.hidden && resolve();
    document.addEventListener("prerenderingchange", look);
    document.addEventListener("visibilitychange", look);
    look();
  });
}

/** Whether this tab has just done so: a desktop that ends at once must not be started over and over. */
function startedLately() {
  const key = `berth-started ${path}`;
  try {
    const lately = Date.now() - Number(sessionStorage.getItem(key)) < once;
    sessionStorage.setItem(key, Date.now());
    return lately;
  } catch {
    return true; // what can't be remembered must not be repeated
  }
}

async function startOnVisit() {
  await seen();
  if (!["free", "paused"].includes(page.dataset.phase) || startedLately()) return;
  visit = true;
  launch();
}

document.documentElement.dataset.here = ""; // boot.js waits for it
drawType(scene, type);
follow({
  load: async () => (await api.sessions()).forEach(take),
  change: take,
  connected: (is) => tell(element("connection"), is ? "" : "Connection lost. Trying again…"),
  idle: () => !button.hidden,
});
if ("starts" in page.dataset) startOnVisit();
