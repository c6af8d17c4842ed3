// Keeps the page in step with the server: state first, then its changes, over again after a loss.

const address = "/api/v1/sessions/events";
const longestWait = 15_000;
const longestSilence = 5_000;

/**
 * `load` fetches the state, `change` takes one session, `connected` hears true or false, `idle` says if nothing is under way.
 * While something is, a silent stream is not trusted: something on the way may hold events back, so the state is asked for.
 */
export function follow({ load, change, connected, idle }) {
  let source;
  let timer;
  let failures = 0;
  let turn = 0;
  let heardAt = 0;
  let polling = false;

  function pause() {
    turn++;
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  function lost(failure) {
    pause();
    connected(false);
    const wait = Math.min(1000 * 2 ** failures++, longestWait);
    timer = setTimeout(resume, Math.max(wait, 1000 * (failure?.retryAfter ?? 0)));
  }

  async function resume() {
    pause();
    const mine = turn;
    try {
      await load();
    } catch (problem) {
      if (mine === turn) lost(problem);
      return;
    }
    if (mine !== turn) return;
    heardAt = performance.now();
    // Not left to EventSource's own retry: it gives up on an HTTP error, and can't tell a lost login.
    source = new EventSource(address);
    source.onopen = () => {
      failures = 0;
      connected(true);
    };
    source.onmessage = (message) => {
      heardAt = performance.now();
      change(JSON.parse(message.data));
    };
    source.onerror = () => lost();
  }

  async function poll() {
    if (!source || polling || idle() || performance.now() - heardAt < longestSilence) return;
    polling = true;
    const mine = turn;
    try {
      await load();
      heardAt = performance.now();
    } catch (problem) {
      if (mine === turn) lost(problem);
    } finally {
      polling = false;
    }
  }

  setInterval(poll, 1000);
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
