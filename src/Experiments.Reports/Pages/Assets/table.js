// The configurations with the figures of one night, and that night in a line.
const makeTable = (state, on) => {
  const { nights, configurations } = state.machine;
  const rows = configurations.map((one, index) => {
    const row = make("tr");
    const name = make("td", "axis");
    const button = make("button", "name", one.name);
    button.type = "button";
    button.prepend(swatch(index));
    name.append(button);
    row.append(name, make("td"), make("td", "soft"), make("td"), make("td", "axis"), make("td", "verdict"));
    row.addEventListener("click", () => on.choose(index, state.night));
    row.children[4].replaceChildren(...lasting(one));
    return row;
  });
  byId("configurations").tBodies[0].replaceChildren(...rows);

  // The changes that are left of today, and the drift.
  function* lasting(one) {
    const last = one.changes.at(-1);
    if (last) yield known(make("span", last.percent < 0 ? "red" : "green", `${signedPercent(last.percent)} on ${day(nights[last.after])}`), last.known);
    if (one.drift) yield known(make("span", one.drift.percent < 0 ? "red" : "green", `drift of ${signedPercent(one.drift.percent)}`), one.drift.known);
  }

  function known(element, place) {
    if (place !== null) {
      element.className = "soft";
      element.textContent += ", known";
    }
    return element;
  }

  const line = () => {
    const night = nights[state.night];
    const parts = [make("strong", "", night.at), verdictOf(state.verdicts, night.verdict)];
    if (night.commit) {
      const commit = make("span", "", " ");
      commit.prepend(make("code", "", hashText(night.commit)));
      commit.append(state.commits[night.commit] ?? "", night.dirty ? " (with local changes)" : "");
      parts.push(commit);
    }
    if (night.page) {
      const link = make("a", "", "report");
      link.href = night.page;
      parts.push(link);
    }
    byId("night").replaceChildren(...parts);
  };

  return {
    point() {
      line();
      configurations.forEach((one, index) => {
        const [, rate, range, memory, , verdict] = rows[index].children;
        const value = one.throughput.value[state.night];
        const peak = one.memory.value[state.night];
        rate.textContent = value === null ? nothing : rateText(value);
        range.textContent = value === null ? nothing : `${rateText(one.throughput.low[state.night])} to ${rateText(one.throughput.high[state.night])}`;
        memory.textContent = peak === null ? nothing : memoryText(peak);
        verdict.replaceChildren(verdictOf(state.verdicts, one.verdicts[state.night]));
      });
    },
    refresh() {
      rows.forEach((row, index) => {
        row.hidden = !state.visible.has(index);
        row.className = index === state.chosen ? "chosen" : "";
        row.ariaCurrent = index === state.chosen ? "true" : null;
      });
      byId("count").textContent = `${state.visible.size} of ${configurations.length}`;
    },
  };
};
