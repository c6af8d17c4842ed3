// The drawing of a berth: what lies in it, and how far in.

/** Beside this file, wherever that is. */
export const icons = new URL("icons.svg", import.meta.url).pathname;

const glyphs = [[/code|ide$/, "type-code"], [/chrom|firefox|browser/, "type-globe"]];

export function drawType(scene, desktopType) {
  const glyph = glyphs.find(([pattern]) => pattern.test(desktopType))?.[1] ?? "type-screen";
  scene.querySelector(".glyph").setAttribute("href", `${icons}#${glyph}`);
}

/** Custom properties are set through the object model: the page's policy allows no style attributes. */
export function berth(scene, berthed) {
  scene.style.setProperty("--in", berthed);
}
