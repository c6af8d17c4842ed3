// When a desktop's page may be entered: once its first page can really be had.

const most = 20_000; // ms; then its own page tells more than waiting here
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function opens(address) {
  try {
    // With a query it is the desktop that answers, not the edge with a redirect to the start query.
    const response = await fetch(`${address}/?berth`, { redirect: "manual", cache: "no-store" });
    response.body?.cancel();
    return response.ok || response.type === "opaqueredirect";
  } catch {
    return false;
  }
}

/** Resolves when the desktop at `address` can be entered, or when it is not worth waiting any more. */
export async function entrance(address) {
  const end = performance.now() + most;
  while (!(await opens(address)) && performance.now() < end) await sleep(300);
}
