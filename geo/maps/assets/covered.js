// What is flagged (graphic, unverified, …) stays covered until a reader asks for it; `store.asked` remembers what was.

function flagWords(flags) {
  return make("span", { class: "flags" }, flags.map((flag) => make("span", { class: "tag flag" }, bdi(flag))));
}

// `content()` makes the nodes; before they are asked for they are nowhere in the page. `key` tells whose they are.
function covered(store, key, flags, content) {
  if (!flags.length) return content();
  const holder = make("div", { class: "uncovered" });
  const button = make("button", { type: "button", class: "plain" });
  const words = make("span", { class: "cover-words" }, t("covered.words", { flags: listWord(flags.map((flag) => codeWord("flag", flag))) }));
  const tags = flagWords(flags);
  function draw() {
    const open = store.asked.has(key);
    button.textContent = t(open ? "covered.hide" : "covered.show");
    button.setAttribute("aria-expanded", open ? "true" : "false");
    words.hidden = open;
    tags.hidden = !open;
    holder.replaceChildren(...(open ? [content()].flat().filter(Boolean) : []));
    holder.hidden = !open;
  }
  button.addEventListener("click", () => {
    if (!store.asked.delete(key)) store.asked.add(key);
    draw();
  });
  draw();
  return make("div", { class: "covered" }, make("p", null, tags, words, button), holder);
}
