// One card: a desktop type, and the person's session of it.

import { count } from "./clock.js";
import { endOf, endingOf, phaseOf } from "./phases.js";
import { berth, drawType, icons } from "./scene.js";

const template = document.getElementById("card");
const verbs = { free: "Launch", paused: "Resume", failed: "Try again", busy: "Starting…", stopping: "Stopping…" };

/** `type` is {name, title, description, address}; `on` has launch(), resume(), stop(), pause(), restart() and extend(). */
export function createCard(type, on) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-part=${name}]`);
  const [open, launch, stop, more] = ["open", "launch", "stop", "more"].map(part);
  const scene = item.querySelector(".scene");

  item.dataset.type = type.name;
  part("title").textContent = type.title;
  part("title").id = `title-${type.name}`;
  item.firstElementChild.setAttribute("aria-labelledby", `title-${type.name}`);
  part("about").textContent = type.description ?? "";
  part("copy").setAttribute("aria-label", `Copy the address of ${type.title}`);
  part("progress").setAttribute("aria-label", `Progress of ${type.title}`);
  item.querySelectorAll("[data-part=name]").forEach((name) => (name.textContent = ` ${type.title}`));
  drawType(scene, type.name);

  launch.onclick = () => launch.ariaDisabled !== "true" && (item.dataset.phase === "paused" ? on.resume() : on.launch());
  stop.onclick = () => on.stop();
  part("extend").onclick = () => on.extend();
  for (const act of ["pause", "restart"])
    part(act).onclick = () => {
      more.open = false;
      on[act]();
    };
  // A menu closes by Escape and by whatever is done elsewhere.
  more.onkeydown = (event) => event.key === "Escape" && ((more.open = false), more.firstElementChild.focus());
  more.addEventListener("focusout", ({ relatedTarget }) => more.contains(relatedTarget) || (more.open = false));
  part("copy").onclick = () => copy(part("copy"), open.href);

  /** Shows `session` (or none), and `problem`, the failure of the person's last request. */
  function show(session, problem) {
    const focused = document.activeElement;
    const { phase: actual, word, berthed, message, percent } = phaseOf(session);
    const phase = problem && actual === "free" ? "failed" : actual;

    item.dataset.phase = phase;
    berth(scene, berthed);
    part("word").textContent = phase === actual ? word : "Not started";
    const timed = ["busy", "running", "paused", "stopping"].includes(phase);
    count(part("elapsed"), timed ? session.elapsedSeconds : undefined);

    const address = session?.url ?? type.address;
    const { origin, host, pathname } = new URL(address, location);
    part("url").textContent = origin === location.origin ? pathname : host; // what the browser's own bar does not show yet
    part("message").textContent = message;
    if (percent === undefined) part("progress").removeAttribute("value");
    else part("progress").value = percent;
    part("reason").textContent = problem?.message ?? (session?.reason || "The desktop could not be started.");
    part("next").textContent = problem?.nextStep ?? "Try again. If it fails again, show this to your administrator.";
    part("ends").textContent = endingOf(session);
    part("ending").hidden = Boolean(problem) || phase !== "running" || !session.ending;
    part("ended").textContent = phase === "free" ? endOf(session) : "";
    part("ended").hidden = !part("ended").textContent;
    part("address").hidden = Boolean(problem) || !["free", "running", "paused"].includes(phase) || !part("ending").hidden;
    part("doing").hidden = Boolean(problem) || !(phase === "busy" || phase === "stopping");
    part("failure").hidden = !problem && phase !== "failed";

    open.href = address;
    open.hidden = phase !== "running";
    launch.hidden = phase === "running";
    launch.ariaDisabled = String(phase === "busy" || phase === "stopping");
    part("verb").textContent = verbs[phase] ?? "";
    stop.hidden = !["busy", "running", "paused"].includes(phase);
    more.hidden = !(phase === "running" || phase === "paused");
    part("pause").hidden = phase !== "running";
    if (more.hidden) more.open = false;
    part("end").textContent = phase === "busy" ? "Cancel" : "Stop";

    // A person who waits on this card's button, or whose button has just gone, goes on from the one that took its place.
    if ([open, launch, stop].includes(focused) && (focused.hidden || (focused === stop && phase === "running")))
      (open.hidden ? launch : open).focus();
    return phase;
  }

  return { item, show };
}

async function copy(button, text) {
  const icon = button.querySelector("use");
  const label = button.ariaLabel;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http on a remote host has no clipboard: select the address instead.
    getSelection().selectAllChildren(button.previousElementSibling);
    return;
  }
  icon.setAttribute("href", `${icons}#done`);
  button.ariaLabel = "Copied";
  setTimeout(() => {
    icon.setAttribute("href", `${icons}#copy`);
    button.ariaLabel = label;
  }, 1500);
}
