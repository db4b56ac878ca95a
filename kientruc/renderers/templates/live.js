// Keeps an open page as new as the files: told of a newer one it fetches it and lets the page take it over.
(() => {
  "use strict";
  if (!location.protocol.startsWith("http")) return; // saved to disk, there is nobody to ask
  const token = new URLSearchParams(location.search).get("token") || "";
  const at = (name) => `${name}?token=${encodeURIComponent(token)}`;
  const words = {};
  let shown = 0;
  let wanted = 0;
  let fetching = false;

  const banner = document.createElement("div");
  banner.id = "kientruc-live";
  banner.setAttribute("role", "status");
  banner.style.cssText =
    "position:fixed;left:0;right:0;bottom:0;z-index:1000;padding:.6rem 1rem;font:1rem sans-serif;color:#000;" +
    "background:#fff3c4;border-top:3px solid #8a5a00;overflow-wrap:anywhere";
  banner.hidden = true;

  const say = (sentence) => {
    if (!banner.isConnected) document.body.append(banner);
    if (banner.textContent !== sentence) banner.textContent = sentence;
    banner.hidden = !sentence;
  };

  const notice = () => (window.kientruc?.tellsFaults ? "" : words.notice || ""); // told once is enough

  const take = async () => {
    if (fetching) return;
    fetching = true;
    try {
      while (shown < wanted) {
        const goal = wanted;
        const answer = await fetch(at("page"), { cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        const text = await answer.text();
        window.kientruc.adopt(text);
        shown = Math.max(goal, Number(/name="kientruc-page" content="(\d+)"/.exec(text)?.[1] ?? 0));
      }
      say(notice());
    } catch {
      say(words.lost || ""); // the next sign of life asks again
    } finally {
      fetching = false;
    }
  };

  const listen = () => {
    const source = new EventSource(at("events"));
    source.addEventListener("page", (event) => {
      Object.assign(words, JSON.parse(event.data));
      wanted = Math.max(wanted, words.number);
      say(notice());
      take();
    });
    source.addEventListener("error", () => {
      say(words.lost || "");
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000); // it gave up; we do not
    });
  };

  const begin = () => {
    shown = wanted = Number(document.querySelector('meta[name="kientruc-page"]')?.content ?? 0);
    listen();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
