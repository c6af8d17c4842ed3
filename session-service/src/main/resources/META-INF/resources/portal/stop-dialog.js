// Asks before a desktop is stopped.

const dialog = document.getElementById("stop");

export function confirmStop(title) {
  dialog.querySelector("h2").textContent = `Stop ${title}?`;
  dialog.returnValue = "keep";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "stop"), { once: true }));
}
