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
  const bar = (cell, text, share) => {
    const shown = cell.appendChild(document.createElement("span"));
    shown.textContent = text;
    const whole = shown.appendChild(document.createElement("span"));
    whole.className = "bar";
    whole.appendChild(document.createElement("span")).style.width = `${share}%`;
    return shown;
  };
  document.querySelectorAll("[data-panel]").forEach((panel) => {
    const rows = [...by(panel.dataset.panel).tBodies[0].rows].map((row) => row.dataset.values.match(/../g).map((two) => parseInt(two, 16)));
    const [first, second] = panel.querySelectorAll("select");
    const lines = [...panel.querySelectorAll("tr[data-of]")];
    const answer = panel.querySelector("[role=status]");
    const ask = () => {
      const chosen = [first, second].map((select) => select.selectedOptions[0].dataset);
      const set = chosen.map((option) => option.says).filter(Boolean);
      const numbers = rows[first.selectedIndex * second.length + second.selectedIndex];
      const gains = new Map();
      let n = 0;
      lines.forEach((line) => [...line.cells].slice(1).forEach((cell) => {
        const [[was, from, to], [at, low, high]] = [rows[0], numbers].map((row) => row.slice(n, n + 3));
        n += 3;
        cell.textContent = "";
        bar(cell, `${was} (${from}–${to})`, was);
        if (!set.length) return;
        const { of, says } = line.dataset;
        const change = at - was;
        if (of === chosen[0].of) { bar(cell, at ? "forced" : "ruled out", at); return; }
        bar(cell, `${at} (${low}–${high}), ${change < 0 ? "−" : change ? "+" : "±"}${Math.abs(change)}`, at);
        if (cell === line.lastElementChild && change >= 5 && change > (gains.get(of)?.change ?? 0)) {
          gains.set(of, { change, said: `${says} with ${at} per cent (${low} to ${high}) in place of ${was}` });
        }
      }));
      const told = [...gains.values()].sort((one, other) => other.change - one.change).map((gain) => gain.said);
      answer.textContent = set.length ? `If ${set.join(" and ")}, ${told.join("; ") || "no other move would change by 5 per cent or more by the last period"}.` : "Nothing is set: as things go.";
    };
    [first, second].forEach((select) => select.addEventListener("input", ask));
    panel.hidden = false;
    ask();
  });
  box.hidden = false;
  show();
  reveal();
})();
