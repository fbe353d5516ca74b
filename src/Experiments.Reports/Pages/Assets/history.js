// What moved for good, with the commits between the two nights; what of it is known; and the list of all nights.
const showHistory = (state, on) => {
  const { nights, configurations, baseline } = state.machine;
  const groups = new Map();
  configurations.forEach((one, index) => {
    for (const [kind, changes] of [["throughput", one.changes], ["peak memory", one.memoryChanges]])
      for (const change of changes) {
        const key = `${change.after} ${kind} ${Math.sign(change.percent)} ${change.known}`;
        groups.set(key, [...groups.get(key) ?? [], { kind, change, index }]);
      }
  });
  const moves = [...groups.values()].sort((first, second) => second[0].change.after - first[0].change.after).map(found => {
    const item = make("li");
    const worst = found.reduce((most, one) => Math.abs(one.change.percent) > Math.abs(most.change.percent) ? one : most);
    const { kind, change, index } = worst;
    const loss = kind === "throughput" ? change.percent < 0 : change.percent > 0;
    const button = make("button", change.known !== null ? "soft" : loss ? "red" : "green", `${day(nights[change.after])}: ${kind} ${signedPercent(change.percent)}`);
    button.type = "button";
    button.addEventListener("click", () => { on.choose(index, change.after); byId("charts").focus(); });
    item.append(button, ` at ${configurations[index].name}` + (found.length > 1 ? ` and ${found.length - 1} more` : ""));
    if (change.known !== null) item.append(make("span", "soft", `; known until ${state.suppressions[change.known].until}: ${state.suppressions[change.known].reason}`));
    item.append(between(nights[change.before], nights[change.after]));
    return item;
  });
  configurations.forEach(({ name, drift }) => {
    if (drift) moves.push(make("li", drift.known === null ? "" : "soft", `throughput drifted by ${signedPercent(drift.percent)} over all nights at ${name}` + (drift.known === null ? "" : `; known until ${state.suppressions[drift.known].until}: ${state.suppressions[drift.known].reason}`)));
  });
  byId("moves").replaceChildren(...moves.length ? moves : [make("li", "soft", nights.length < 10 ? `At least 10 nights are needed to tell; there are ${nights.length}.` : "Nothing.")]);

  function between(before, after) {
    const place = make("div", "soft between");
    if (!before.commit || !after.commit) place.append(`between ${before.at} and ${after.at}`);
    else if (before.commit === after.commit) place.append(`no new commit: ${hashText(after.commit)} in both nights`);
    else {
      const range = state.ranges.find(one => one.before === before.commit && one.after === after.commit);
      const commits = range?.commits ?? [{ hash: after.commit, subject: state.commits[after.commit] ?? "" }];
      place.append(range ? `${range.count} commit${range.count === 1 ? "" : "s"} since ${hashText(before.commit)}:` : `since ${hashText(before.commit)}:`);
      for (const commit of commits) {
        const line = make("div", "", " " + commit.subject);
        line.prepend(make("code", "", hashText(commit.hash)));
        place.append(line);
      }
      if (range && range.count > commits.length) place.append(make("div", "", `and ${range.count - commits.length} more`));
    }
    return place;
  }

  const seen = new Set(configurations.flatMap(one => [...one.changes.map(change => change.known), one.drift?.known]));
  byId("suppressions").replaceChildren(...state.suppressions.map((one, place) => {
    const item = make("li", one.isOver ? "red" : "");
    item.append(make("code", "", one.change), `: ${one.reason}; `, make("strong", "", one.isOver ? `ended on ${one.until}` : `until ${one.until}`), seen.has(place) ? "" : "; names no change that is seen");
    return item;
  }), ...baseline ? [make("li", "soft", baseline)] : []);
  byId("known").hidden = state.suppressions.length === 0 && !baseline;

  byId("nights").tBodies[0].replaceChildren(...nights.map((night, at) => {
    const row = make("tr");
    const [when, verdict, commit] = [make("td", "axis"), make("td", "verdict"), make("td", "axis")];
    const link = night.page ? make("a", "", night.at) : make("span", "", night.at);
    if (night.page) link.href = night.page;
    when.append(link);
    verdict.append(verdictOf(state.verdicts, night.verdict));
    if (night.commit) commit.append(make("code", "", hashText(night.commit)), " " + (state.commits[night.commit] ?? ""));
    row.append(when, verdict, commit);
    return row;
  }).reverse());
};
