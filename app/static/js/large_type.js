/**
 * Own the switch between ordinary and large type without leaving the page, so that nothing typed or chosen is lost.
 *
 * The switch is an ordinary link (?l=1 or ?l=0) and works without this module; here the type changes in place and the
 * link is fetched in the background, so that the server remembers it.
 */

const WORDS = { zh: { 1: "大字版", 0: "普通字" }, en: { 1: "Large type", 0: "Normal type" } };

/** Return "1" or "0" when a link is the switch, else null. */
function wantedSize(link) {
  if (!link.classList.contains("y-switch")) return null;
  const target = new URL(link.href, location.href);
  return target.origin === location.origin ? target.searchParams.get("l") : null;
}

function turn(link, wanted) {
  const root = document.documentElement;
  root.classList.toggle("large", wanted === "1");
  const asked = new URL(link.href, location.href);
  fetch(asked, { credentials: "same-origin", cache: "no-store" }).catch(() => {
    // Without network the type still changes here; the server learns it next time.
  });
  const next = wanted === "1" ? "0" : "1";
  asked.searchParams.set("l", next);
  link.href = asked.href;
  link.textContent = WORDS[root.lang.startsWith("en") ? "en" : "zh"][next];
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.y-switch") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const wanted = wantedSize(link);
  if (wanted !== "1" && wanted !== "0") return;
  event.preventDefault();
  turn(link, wanted);
});
