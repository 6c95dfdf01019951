"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  const items = [...document.querySelectorAll(".item")];
  const buttons = [...document.querySelectorAll("button.kind")];
  const search = one("search"), namespace = one("namespace"), count = one("count"), root = document.documentElement;
  const texts = items.map((item) => item.dataset.search.toLowerCase());
  const kinds = items.map((item) => item.dataset.kinds.split(" "));

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = buttons.filter((button) => button.ariaPressed === "true").map((button) => button.dataset.kinds);
    let shown = 0;
    items.forEach((item, index) => {
      // What belongs to no namespace, such as a file, is not narrowed down by one.
      const matches = words.every((word) => texts[index].includes(word))
        && (chosen.length === 0 || chosen.some((kind) => kinds[index].includes(kind)))
        && (!namespace || !namespace.value || item.dataset.namespace === namespace.value);
      item.hidden = !matches;
      if (matches) shown += 1;
    });
    for (const section of document.querySelectorAll("main > section"))
      section.hidden = !section.querySelector(".item:not([hidden])");
    one("nothing").hidden = shown > 0;
    count.textContent = shown === items.length ? `${shown}` : `${shown} of ${items.length}`;
  }

  function showAll() {
    search.value = "";
    if (namespace) namespace.value = "";
    for (const button of buttons) button.ariaPressed = "false";
    search.blur();
    apply();
  }

  function step(by) {
    const visible = items.filter((item) => !item.hidden);
    const current = visible.findIndex((item) => item.contains(document.activeElement));
    const next = current < 0 ? (by > 0 ? 0 : visible.length - 1) : current + by;
    visible[Math.max(0, Math.min(next, visible.length - 1))]?.querySelector("summary").focus();
  }

  function openAll() {
    const visible = items.filter((item) => !item.hidden);
    const open = visible.some((item) => !item.open);
    for (const item of visible) item.open = open;
  }

  function changeTheme() {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  }

  const actions = {
    "/": () => { search.focus(); search.select(); }, j: () => step(1), k: () => step(-1), x: openAll, t: changeTheme,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return showAll();
    // Letters go to what is being written or chosen.
    if (event.target.matches(event.key === "/" ? "input" : "input, select") || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  search.addEventListener("input", apply);
  namespace?.addEventListener("change", apply);
  one("theme").addEventListener("click", changeTheme);
  for (const button of buttons) button.addEventListener("click", () => {
    button.ariaPressed = button.ariaPressed === "true" ? "false" : "true";
    apply();
  });
  one("tools").hidden = false;
  one("keys").hidden = false;
  apply();
})();
