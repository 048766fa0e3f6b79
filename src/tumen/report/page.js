(() => {
  const by = (id) => document.getElementById(id);
  const [box, verdict, subject, words, said] = ["filter", "verdict", "subject", "words", "shown"].map((name) => by(`page:${name}`));
  const parts = [...document.querySelectorAll("[data-claim]")];
  const groups = [...document.querySelectorAll(".group")];
  const texts = new Map([...document.querySelectorAll("li[data-claim] > a")].map((a) => [a.hash.slice(1), a.textContent.toLowerCase()]));
  const show = () => {
    const sought = words.value.trim().toLowerCase();
    const fits = (d) => (!verdict.value || d.verdict === verdict.value) && (!subject.value || d.subject === subject.value)
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
  by("page:all").addEventListener("click", () => { all(); words.focus(); });
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  document.querySelectorAll("[data-panel]").forEach((panel) => {
    const rows = [...by(panel.dataset.panel).tBodies[0].rows].map((row) => row.dataset.values.split(" ").map(Number));
    const [first, second] = panel.querySelectorAll("select");
    const cells = [...panel.querySelectorAll("td[data-says]")];
    const answer = panel.querySelector("[role=status]");
    const ask = () => {
      const chosen = [first, second].map((select) => select.selectedOptions[0].dataset);
      const set = chosen.map((option) => option.says).filter(Boolean);
      const row = rows[first.selectedIndex * second.length + second.selectedIndex];
      const gains = new Map();
      cells.forEach((cell, n) => {
        const [at, low, high] = row.slice(3 * n, 3 * n + 3);
        const change = at - rows[0][3 * n];
        const so = cell.lastElementChild;
        const forced = cell.dataset.of === chosen[0].of;
        so.hidden = !set.length;
        so.firstElementChild.textContent = forced ? "forced" : `${at} (${low}–${high}), ${change > 0 ? "+" : change < 0 ? "−" : "±"}${Math.abs(change)}`;
        so.lastElementChild.hidden = forced;
        so.lastElementChild.firstElementChild.style.width = `${at}%`;
        if (!forced && "last" in cell.dataset && change > (gains.get(cell.dataset.of)?.change ?? 4)) {
          gains.set(cell.dataset.of, { change, said: `${cell.dataset.says} with ${at} per cent (${low} to ${high}) in place of ${at - change}` });
        }
      });
      const told = [...gains.values()].sort((a, b) => b.change - a.change).map((gain) => gain.said);
      answer.textContent = !set.length ? "Nothing is set: as things go." : `If ${set.join(" and ")}, ${told.length ? told.join("; ") : "no other move would change by 5 per cent or more by the last period"}.`;
    };
    [first, second].forEach((select) => select.addEventListener("input", ask));
    panel.hidden = false;
    ask();
  });
  box.hidden = false;
  show();
  reveal();
})();
