// Asks before something that can't be undone.

const dialog = document.getElementById("ask");
const part = (name) => dialog.querySelector(`[data-part=${name}]`);

/** Whether the person wants it; `words` are {title, kept, lost, no, yes}. */
function confirm({ title, ...words }) {
  dialog.querySelector("h2").textContent = title;
  Object.entries(words).forEach(([name, text]) => (part(name).textContent = text));
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

const home = "Your home folder: files, settings and what you installed there.";
const programs = "Running programs, and whatever in them is not saved.";

/** The same where a reason is asked for: the reason, perhaps empty, or undefined if it is not wanted. */
export async function confirmWithReason(words) {
  part("reason").value = "";
  return (await confirm(words)) ? part("reason").value.trim() : undefined;
}

export const confirmStop = (title) =>
  confirm({ title: `Stop ${title}?`, kept: home, lost: programs, no: "Keep it running", yes: "Stop it" });

export const confirmRestart = (title) =>
  confirm({ title: `Restart ${title}?`, kept: `${home} And its address.`, lost: programs, no: "Leave it", yes: "Restart it" });

export const confirmReset = (name) =>
  confirm({
    title: `Empty the home ${name}?`,
    kept: "The home itself: your next desktop finds it as at its first start.",
    lost: "All files, settings and what you installed there. Download it first if you are not sure.",
    no: "Keep it",
    yes: "Empty it",
  });

export const confirmDelete = (name) =>
  confirm({
    title: `Delete the home ${name}?`,
    kept: "Nothing of it. A new one is made when you launch a desktop that has one.",
    lost: "All files, settings and what you installed there. Download it first if you are not sure.",
    no: "Keep it",
    yes: "Delete it",
  });

export const confirmLeftovers = (count) =>
  confirm({
    title: `Remove ${count === 1 ? "the leftover" : `all ${count} leftovers`}?`,
    kept: "Every desktop that a session stands for, and people's homes.",
    lost: "What is listed, with whatever runs in it.",
    no: "Keep them",
    yes: "Remove them",
  });
