// The page at a desktop's own address while the desktop is not there: shows its start, and enters it.

import * as api from "./api.js";
import { follow } from "./events.js";
import { phaseOf } from "./phases.js";
import { berth, drawType } from "./scene.js";

const page = document.body;
const { title, type, path } = page.dataset;
const element = (id) => document.getElementById(id);
const scene = document.querySelector(".scene");
const button = element("launch");
const headings = {
  busy: `${title} is starting`,
  running: `${title} is ready`,
  stopping: `${title} is stopping`,
  free: `${title} is not running`,
  failed: `${title} could not be started`,
};
let current;

function show(session) {
  const { phase, berthed, message, percent } = phaseOf(session);
  const sentence = {
    busy: "It opens here by itself.",
    running: "Opening it.",
    stopping: "It can be started again in a moment.",
    free: "Your home folder is kept. Start it, and it opens here by itself.",
    failed: session?.reason || "Berth gave no reason.",
  };
  present(phase, sentence[phase]);
  berth(scene, berthed);
  element("message").textContent = message;
  if (percent === undefined) element("progress").removeAttribute("value");
  else element("progress").value = percent;
  if (phase === "running") enter();
}

function present(phase, sentence) {
  page.dataset.phase = phase;
  element("heading").textContent = headings[phase];
  document.title = `${headings[phase]} · Berth`;
  element("after").textContent = sentence;
  document.querySelector(".failure")?.remove();
  document.querySelector(".doing").hidden = phase !== "busy" && phase !== "stopping";
  if (button) {
    button.textContent = phase === "failed" ? "Try again" : `Start ${title}`;
    button.hidden = phase !== "free" && phase !== "failed";
  } else if (phase === "free" || phase === "failed") location.reload(); // the server's page for that has the button
}

let entering;
function enter() {
  // The edge knows the way before a session is running. Should it not, this asks again, and not in a tight loop.
  entering ??= setTimeout(() => location.reload(), Math.max(300, 2000 - performance.now()));
}

function take(session) {
  if (session.path !== path || Date.parse(session.createdAt) < Date.parse(current?.createdAt)) return;
  const first = !current;
  current = session;
  const phase = phaseOf(session).phase;
  // What the server wrote about an ended session is what there is to say at first.
  if (!(first && (phase === "free" || phase === "failed") && page.dataset.phase === phase)) show(session);
}

async function launch() {
  show({ state: "requested" });
  try {
    take(await api.launch(type));
  } catch (problem) {
    present("failed", `${problem.message} ${problem.nextStep}`);
    berth(scene, 0);
    button.focus();
  }
}

drawType(scene, type);
if (button) button.onclick = launch;
follow({
  load: async () => (await api.sessions()).forEach(take),
  change: take,
  connected: (is) => (element("connection").textContent = is ? "" : "Connection lost. Trying again…"),
  idle: () => button && !button.hidden,
});
