// Keeps the page in step with the server: state first, then its changes, over again after a loss.

const address = "/api/v1/sessions/events";
const longestWait = 15_000;

/** `load` fetches the state, `change` takes one session, `connected` hears true or false, `idle` says if nothing is under way. */
export function follow({ load, change, connected, idle }) {
  let source;
  let timer;
  let failures = 0;
  let turn = 0;

  function pause() {
    turn++;
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  function lost() {
    pause();
    connected(false);
    timer = setTimeout(resume, Math.min(1000 * 2 ** failures++, longestWait));
  }

  async function resume() {
    pause();
    const mine = turn;
    try {
      await load();
    } catch {
      if (mine === turn) lost();
      return;
    }
    if (mine !== turn) return;
    // Not left to EventSource's own retry: it gives up on an HTTP error, and can't tell a lost login.
    source = new EventSource(address);
    source.onopen = () => {
      failures = 0;
      connected(true);
    };
    source.onmessage = (message) => change(JSON.parse(message.data));
    source.onerror = lost;
  }

  addEventListener("online", resume);
  addEventListener("pagehide", pause); // an open stream would keep the page out of the back/forward cache
  addEventListener("pageshow", (event) => event.persisted && resume());
  // Over HTTP/1.1 a browser has six connections for all tabs of a site: an idle tab in the background gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !source) resume();
    if (document.hidden && idle()) pause();
  });
  return resume();
}
