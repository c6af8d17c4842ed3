// The portal: who is here, which desktops there are, and what each is doing.

import * as api from "./api.js";
import { createCard } from "./card.js";
import { follow } from "./events.js";
import { showHomes } from "./homes.js";
import { endingOf, isLive, phaseOf } from "./phases.js";
import { confirmRestart, confirmStop } from "./ask-dialog.js";

const element = (id) => document.getElementById(id);
const cards = new Map(); // by desktop type: {type, card, session, problem, phase}
let slug;
let addresses; // of desktops, {path} standing for what differs

const say = (sentence) => (element("announcer").textContent = sentence);
const createdAt = (session) => Date.parse(session.createdAt) || 0;

function addCard(type) {
  const entry = { type: { ...type, address: addresses.replace("{path}", `${slug}-${type.name}`) } };
  entry.card = createCard(entry.type, {
    launch: () => launch(entry),
    stop: () => stop(entry),
    pause: () => move(entry, api.pause, "pausing"),
    resume: () => move(entry, api.resume, "resuming"),
    restart: () => restart(entry),
    extend: () => attempt(entry, () => api.extend(entry.session.id)),
  });
  cards.set(type.name, entry);
  show(entry);
  element("desktops").append(entry.card.item);
  return entry;
}

function show(entry) {
  const before = entry.phase;
  entry.phase = entry.card.show(entry.session, entry.problem);
  if (before === undefined || before === entry.phase) return;
  const { title } = entry.type;
  if (entry.phase === "busy") say(`${title} is starting.`);
  if (entry.phase === "running") say(`${title} is ready. Open it.`);
  if (entry.phase === "free") say(`${title} has stopped.`);
  if (entry.phase === "paused") say(`${title} is paused. Resume it when you need it.`);
  if (entry.phase === "failed") say(`${title} could not be started. ${entry.problem?.message ?? entry.session?.reason ?? ""}`);
}

function take(session) {
  const entry = cards.get(session.desktopType);
  if (!entry && !isLive(session)) return; // a type that has left the catalogue shows only while something of it runs
  const target = entry ?? addCard({ name: session.desktopType, title: session.title ?? session.desktopType });
  if (target.session && createdAt(target.session) > createdAt(session)) return;
  if (target.session?.id !== session.id || phaseOf(target.session).phase !== phaseOf(session).phase) target.problem = undefined;
  if (session.ending && !target.session?.ending) say(`${target.type.title}: ${endingOf(session)} Keep it running with one click.`);
  target.session = session;
  show(target);
  summarise();
}

function summarise() {
  const phases = [...cards.values()].map(({ phase }) => phase);
  const many = (phase, word) => {
    const n = phases.filter((each) => each === phase).length;
    return n ? [`${n} ${word}`] : [];
  };
  const parts = [...many("running", "running"), ...many("busy", "starting"), ...many("paused", "paused"), ...many("stopping", "stopping"), ...many("failed", "failed")];
  element("summary").textContent = parts.join(", ") || "None is running. Launch one; it takes a few seconds.";
  const ready = phases.filter((phase) => phase === "running").length;
  document.title = ready ? `Berth (${ready} running)` : "Berth";
}

async function attempt(entry, request) {
  entry.problem = undefined;
  show(entry);
  try {
    const session = await request();
    if (session) take(session);
  } catch (problem) {
    entry.problem = problem;
    show(entry);
    summarise();
  }
}

function launch(entry) {
  const before = entry.session;
  entry.session = { state: "requested", elapsedSeconds: 0, createdAt: before?.createdAt }; // at once, before the answer
  return attempt(entry, async () => {
    try {
      return await api.launch(entry.type.name);
    } catch (problem) {
      if (!entry.session?.id) entry.session = undefined;
      throw problem;
    }
  });
}

/** Asks for a session's move; the card shows `meanwhile` at once, before the answer. */
async function move(entry, request, meanwhile) {
  const { session } = entry;
  if (!session?.id) return;
  entry.session = { ...session, state: meanwhile, ending: null, elapsedSeconds: 0 };
  await attempt(entry, async () => {
    try {
      return await request(session.id);
    } catch (problem) {
      if (entry.session.state === meanwhile) entry.session = session;
      throw problem;
    }
  });
}

async function stop(entry) {
  const asks = entry.phase === "running" || entry.phase === "paused";
  if (asks && !(await confirmStop(entry.type.title))) return;
  await move(entry, api.stop, "stopping");
  showHomes();
}

async function restart(entry) {
  if (await confirmRestart(entry.type.title)) await move(entry, api.restart, "restarting");
}

async function loadSessions() {
  const sessions = await api.sessions();
  const there = new Set(sessions.map(({ id }) => id));
  for (const entry of cards.values())
    if (entry.session?.id && isLive(entry.session) && !there.has(entry.session.id)) {
      entry.session = undefined;
      show(entry);
    }
  sessions.sort((one, other) => createdAt(one) - createdAt(other)).forEach(take);
  summarise();
}

let lossShown;
function connected(is) {
  clearTimeout(lossShown);
  const tell = (words) => (element("connection").textContent = words);
  // A blink of the network is not worth a word.
  if (is) tell("");
  else lossShown = setTimeout(tell, 700, "Connection lost. Trying again…");
}

/** What a desktop's page could do to its visitor is for people to know. */
function showOrigins(isolated) {
  const details = element("origins");
  details.hidden = false;
  details.dataset.mode = isolated ? "isolated" : "path";
  details.querySelector("summary").textContent = isolated
    ? "Each desktop has an address of its own (isolated mode)"
    : "Desktops share this address (path mode)";
  details.querySelector("p").textContent = isolated
    ? "To your browser each desktop is another site. A page that comes out of a desktop can neither see nor do anything here or in your other desktops."
    : "To your browser your desktops and this page are one site. A page that comes out of one of your desktops could act here in your name, so let only programs that you trust serve pages from them. Nobody else can open your desktops, and sharing is off. An administrator ends this by setting BERTH_DESKTOP_DOMAIN.";
}

async function start() {
  element("trouble").hidden = true;
  element("desktops").hidden = false;
  try {
    const [person, types] = await Promise.all([api.me(), api.desktopTypes()]);
    slug = person.slug;
    addresses = person.desktops.address;
    showOrigins(person.desktops.isolated);
    element("name").textContent = person.name || slug;
    element("administration").hidden = !person.roles?.includes("admin");
    element("initial").textContent = (person.name || slug).slice(0, 1);
    element("desktops").replaceChildren();
    types.forEach(addCard);
    await loadSessions();
    showHomes(types);
    element("empty").hidden = cards.size > 0;
    element("desktops").ariaBusy = "false";
  } catch (problem) {
    element("desktops").hidden = true;
    element("trouble").hidden = false;
    element("trouble").querySelector("h2").textContent = problem.message;
    element("trouble").querySelector("p").textContent = problem.nextStep;
    return;
  }
  follow({
    load: loadSessions,
    change: take,
    connected,
    idle: () => [...cards.values()].every(({ phase }) => phase !== "busy" && phase !== "stopping"),
  });
}

document.documentElement.dataset.here = ""; // boot.js waits for it
element("trouble").querySelector("button").onclick = start;
start();
