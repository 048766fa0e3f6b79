(() => {
  const by = (id) => document.getElementById(id);
  const [box, verdict, subject, words, said] = ["filter", "verdict", "subject", "words", "shown"].map((name) => by(`page:${name}`));
  const parts = [...document.querySelectorAll("[data-claim]")];
  const groups = [...document.querySelectorAll(".group")];
  const texts = new Map([...document.querySelectorAll("li[data-claim] > a")].map((a) => [a.hash.slice(1), a.textContent.toLowerCase()]));
  const show = () => {
    const sought = words.value.trim().toLowerCase();
    const fits = (d) => (!verdict.value || d.verdict === verdict.value || (verdict.value === "changed" && "changed" in d)) && (!subject.value || d.subject === subject.value)
      && texts.get(d.claim).includes(sought);
    parts.forEach((part) => { part.hidden = !fits(part.dataset); });
    groups.forEach((group) => { group.hidden = !group.querySelector("[data-claim]:not([hidden])"); });
    const left = parts.filter((part) => part.matches(".overview li") && !part.hidden).length;
    said.textContent = left === texts.size ? "" : `${left} of ${texts.size} claims shown`;
  };
  const all = () => { verdict.value = subject.value = words.value = ""; show(); };
  const reveal = () => {
    const target = location.hash && by(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) all();
    for (let d = target.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    target.scrollIntoView();
  };
  [verdict, subject, words].forEach((control) => control.addEventListener("input", show));
  document.querySelectorAll("[data-shows]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    all();
    verdict.value = link.dataset.shows;
    show();
    box.scrollIntoView();
    verdict.focus({ preventScroll: true });
  }));
  by("page:all").addEventListener("click", () => { all(); words.focus(); });
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  box.hidden = false;
  show();
  reveal();
})();
