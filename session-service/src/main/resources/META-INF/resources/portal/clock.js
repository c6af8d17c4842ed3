// Elapsed time that ticks. Starts are kept in this machine's own clock, which may differ from the server's.

const clocks = new Map();
setInterval(() => clocks.forEach((since, element) => (element.isConnected ? show(element, since) : clocks.delete(element))), 1000);

function show(element, since) {
  const text = words(Math.max(0, Math.floor((Date.now() - since) / 1000)));
  if (element.textContent !== text) element.textContent = text;
}

function words(seconds) {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}

/** Lets `element` count from `seconds` on; without seconds it is emptied. */
export function count(element, seconds) {
  if (!Number.isFinite(seconds)) {
    clocks.delete(element);
    element.textContent = "";
    return;
  }
  const since = Date.now() - seconds * 1000;
  const before = clocks.get(element);
  // An update that is a second off is rounding and way, and would make the clock jump.
  const kept = before !== undefined && Math.abs(before - since) < 1500 ? before : since;
  clocks.set(element, kept);
  show(element, kept);
}
