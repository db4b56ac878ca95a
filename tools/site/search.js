"use strict";
// Words with marks are looked for as they are written, words without in the text without marks; đ counts as d with a mark.
const entries = JSON.parse(document.getElementById("index").textContent);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
const known = entries.map(([page, heading, href]) => {
  const text = `${page} ${heading}`.normalize("NFC").toLowerCase();
  return { page, heading, href, text, folded: plain(text) };
});
const field = document.querySelector("input[name=q]");
const list = document.getElementById("found");
const told = document.getElementById("told");
function search() {
  const words = field.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  const marked = words.map((word) => [word, plain(word) !== word]);
  let found = words.length ? known.filter((one) => marked.every(([word, exact]) => (exact ? one.text : one.folded).includes(word))) : [];
  if (words.length && !found.length) found = known.filter((one) => words.every((word) => one.folded.includes(plain(word))));
  list.replaceChildren(...found.slice(0, 100).map((one) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = one.href;
    link.textContent = one.heading || one.page;
    item.append(link);
    if (one.heading) {
      const page = document.createElement("span");
      page.textContent = one.page;
      item.append(page);
    }
    return item;
  }));
  told.textContent = !words.length ? "" : found.length ? `${found.length} ${told.dataset.count}` : told.dataset.none;
}
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", search);
document.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
field.focus();
search();
