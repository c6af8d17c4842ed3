// Loads the page again if its modules have not reported in: a browser drops what it is loading when a network comes or
// goes. A classic script, so that it runs whatever became of them; twice at most, so that a real fault shows.
(() => {
  const key = "berth-reloads";
  const span = 60_000;
  const most = 2;

  function whole() {
    const style = document.querySelector("link[rel=stylesheet]");
    return "here" in document.documentElement.dataset && style?.sheet;
  }

  function check() {
    if (whole()) return;
    const now = Date.now();
    let before;
    try {
      before = JSON.parse(sessionStorage.getItem(key) ?? "[]").filter((at) => now - at < span);
      if (before.length >= most) return;
      sessionStorage.setItem(key, JSON.stringify([...before, now]));
    } catch {
      return; // what can't be counted must not be repeated
    }
    location.reload();
  }

  addEventListener("load", () => setTimeout(check, 700));
  setTimeout(check, 15_000); // something never came to an end
})();
