// The person's homes: what is kept, to download, to empty, to delete.

import * as api from "./api.js";
import { confirmDelete, confirmReset } from "./ask-dialog.js";

const section = document.getElementById("homes");
const list = document.getElementById("home-list");
const trouble = document.getElementById("home-trouble");
const template = document.getElementById("home");
let titles = new Map(); // of desktop types, by name

const date = (time) => new Date(time).toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });

function row(home) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-part=${name}]`);
  const title = titles.get(home.name) ?? home.name;
  const inUse = home.inUseBy.length > 0;
  item.dataset.name = home.name;
  part("name").textContent = title;
  const types = home.desktopTypes.map((name) => titles.get(name) ?? name).join(", ");
  part("types").textContent = types && types !== title ? ` of ${types}` : "";
  part("used").textContent = inUse ? "In use now" : `Last used ${date(home.lastUsedAt)}`;
  item.querySelectorAll("[data-part=whose]").forEach((whose) => (whose.textContent = ` home ${title}`));
  part("download").href = api.archiveOf(home.name);
  for (const [name, ask, request] of [["reset", confirmReset, api.resetHome], ["delete", confirmDelete, api.deleteHome]]) {
    const button = part(name);
    button.disabled = inUse;
    button.title = inUse ? "Stop its desktop first" : "";
    button.onclick = async () => (await ask(title)) && attempt(() => request(home.name));
  }
  return item;
}

async function attempt(request) {
  trouble.hidden = true;
  try {
    await request();
  } catch (problem) {
    trouble.textContent = `${problem.message} ${problem.nextStep}`;
    trouble.hidden = false;
  }
  await showHomes();
}

/** Asks for them anew; a page without them is whole too. */
export async function showHomes(types) {
  if (types) titles = new Map(types.map(({ name, title }) => [name, title]));
  try {
    const homes = await api.homes();
    list.replaceChildren(...homes.map(row));
    section.hidden = homes.length === 0;
  } catch {
    section.hidden = list.children.length === 0;
  }
}
