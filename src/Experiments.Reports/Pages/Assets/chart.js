// One chart: a line for each configuration that the filter lets through, over the numbers of the nights.
// state: machine, verdicts, visible, front(), night, zoom. on: point(index, hovered), leave(), zoom(low, high), all(), choose(index, night).
const makeChart = (holder, state, on, kind) => {
  const { nights, configurations } = state.machine;
  const changesOf = one => kind === "throughput" ? one.changes : one.memoryChanges;
  const isLoss = percent => kind === "throughput" ? percent < 0 : percent > 0;
  const size = () => ({ width: Math.max(200, holder.clientWidth), height: window.innerWidth < 600 ? 220 : 260 });
  const axis = () => ({
    stroke: () => inkOf("soft"), font: "12px system-ui, sans-serif",
    grid: { stroke: () => inkOf("line"), width: 1 }, ticks: { stroke: () => inkOf("line"), width: 1, size: 4 },
  });
  const emphasis = index => index === state.front() ? "" : state.visible.size <= 8 ? "cc" : "55";

  const chart = new uPlot({
    ...size(),
    legend: { show: false },
    padding: [12, 26, null, null],
    cursor: {
      y: false, points: { show: false }, drag: { x: true, y: false, setScale: false, dist: 5 },
      move: (u, left, top) => [left < 0 ? left : Math.round(u.valToPos(u.posToIdx(left), "x")), top],
      bind: { dblclick: () => () => { on.all(); return null; } },
    },
    scales: { x: { time: false, range: () => state.zoom }, y: { range: () => heights() } },
    axes: [
      { ...axis(), size: 32, space: 64, incrs: [1, 2, 5, 7, 14, 28, 56, 91, 182, 364], values: (u, places) => places.map(place => nights[place] ? shortDay(nights[place]) : "") },
      { ...axis(), size: 56, values: (u, places) => places.map(place => String(Number(place.toPrecision(6)))) },
    ],
    series: [{}, ...configurations.map((one, index) => ({
      scale: "y", stroke: () => colorOf(index) + emphasis(index), width: 1.25, dash: dashOf(index), points: { show: false, filter: alone },
    }))],
    hooks: {
      drawAxes: [u => clipped(u, () => { drawKnown(u); drawBands(u); })],
      draw: [u => { clipped(u, () => drawFront(u)); drawStrip(u); drawCommits(u); place(); }],
      setCursor: [u => pointed(u)],
      setSelect: [u => selected(u)],
    },
  }, [nights.map((_, at) => at), ...configurations.map(one => one[kind].value)], holder);

  const tip = chart.over.appendChild(make("div", "tip"));
  const dot = chart.over.appendChild(make("i", "dot"));
  let marks = [];

  // A night between two others of which nothing is known is a point, not a line.
  function alone(u, series) {
    const values = u.data[series];
    const places = [];
    for (let at = 0; at < values.length; at++)
      if (values[at] !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null) places.push(at);
    return places;
  }

  function heights() {
    let [low, high] = [Infinity, -Infinity];
    const [from, to] = [Math.max(0, Math.floor(state.zoom[0])), Math.min(nights.length - 1, Math.ceil(state.zoom[1]))];
    for (const index of state.visible)
      for (let at = from; at <= to; at++)
        if (configurations[index][kind].value[at] !== null)
          [low, high] = [Math.min(low, configurations[index][kind].low[at]), Math.max(high, configurations[index][kind].high[at])];
    return low > high ? [0, 1] : uPlot.rangeNum(low, high, 0.08, true);
  }

  function clipped(u, draw) {
    const { left, top, width, height } = u.bbox;
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(left, top, width, height);
    u.ctx.clip();
    draw();
    u.ctx.restore();
  }

  function path(u, values, from, to, back) {
    for (let step = 0; step <= to - from; step++) {
      const at = back ? to - step : from + step;
      const [x, y] = [u.valToPos(at, "x", true), u.valToPos(values[at], "y", true)];
      step === 0 && !back ? u.ctx.moveTo(x, y) : u.ctx.lineTo(x, y);
    }
  }

  // Stretches of nights that were measured.
  function* stretches(values) {
    for (let at = 0, from = -1; at <= values.length; at++) {
      const known = at < values.length && values[at] !== null;
      if (known && from < 0) from = at;
      if (!known && from >= 0) { yield [from, at - 1]; from = -1; }
    }
  }

  function drawBands(u) {
    for (const index of state.visible) {
      if (index !== state.front() && state.visible.size > 6) continue;
      const { value, low, high } = configurations[index][kind];
      u.ctx.fillStyle = u.ctx.strokeStyle = colorOf(index) + (index === state.front() ? "38" : "1c");
      u.ctx.lineWidth = 3 * devicePixelRatio;
      for (const [from, to] of stretches(value)) {
        u.ctx.beginPath();
        path(u, high, from, to, false);
        path(u, low, from, to, true);
        u.ctx.closePath();
        from === to ? u.ctx.stroke() : u.ctx.fill();
      }
    }
  }

  function drawFront(u) {
    const index = state.front();
    if (!state.visible.has(index)) return;
    u.ctx.strokeStyle = colorOf(index);
    u.ctx.lineWidth = 2.5 * devicePixelRatio;
    u.ctx.lineJoin = "round";
    for (const [from, to] of stretches(configurations[index][kind].value)) {
      u.ctx.beginPath();
      path(u, configurations[index][kind].value, from, to, false);
      u.ctx.stroke();
    }
  }

  // While a slowdown is known, its nights are shaded.
  function drawKnown(u) {
    const spans = new Map();
    for (const index of state.visible)
      for (const change of changesOf(configurations[index]).filter(one => one.known !== null))
        spans.set(`${change.after} ${change.known}`, [change.after, Math.max(change.after, nights.findLastIndex(night => day(night) <= state.suppressions[change.known].until))]);
    u.ctx.fillStyle = inkOf("soft") + "1c";
    for (const [first, last] of spans.values()) {
      const [from, to] = [u.valToPos(first - 0.5, "x", true), u.valToPos(last + 0.5, "x", true)];
      u.ctx.fillRect(from, u.bbox.top, to - from, u.bbox.height);
    }
  }

  function eachNight(draw) {
    for (let at = Math.max(0, Math.ceil(state.zoom[0])); at <= Math.min(nights.length - 1, state.zoom[1]); at++) draw(at);
  }

  function drawStrip(u) {
    const width = Math.max(1, Math.min(8, u.bbox.width / devicePixelRatio / (state.zoom[1] - state.zoom[0]) - 1)) * devicePixelRatio;
    eachNight(at => {
      const kindOf = nights[at].verdict;
      const height = (kindOf === null ? 1 : state.verdicts[kindOf].color === "green" ? 3 : 8) * devicePixelRatio;
      u.ctx.fillStyle = inkOf(kindOf === null ? "line" : state.verdicts[kindOf].color);
      u.ctx.fillRect(u.valToPos(at, "x", true) - width / 2, u.bbox.top - 1 - height, width, height);
    });
  }

  function drawCommits(u) {
    u.ctx.fillStyle = inkOf("soft");
    eachNight(at => {
      if (at > 0 && nights[at].commit && nights[at].commit !== nights[at - 1].commit)
        u.ctx.fillRect(u.valToPos(at, "x", true) - devicePixelRatio / 2, u.bbox.top + u.bbox.height - 5 * devicePixelRatio, devicePixelRatio, 5 * devicePixelRatio);
    });
  }

  // Lasting changes of what is visible: one mark a night.
  function mark() {
    for (const one of marks) one.remove();
    const byNight = new Map();
    for (const index of state.visible)
      for (const change of changesOf(configurations[index]))
        byNight.set(change.after, [...byNight.get(change.after) ?? [], { index, change }]);
    marks = [...byNight].map(([at, found]) => {
      const worst = found.reduce((most, one) => Math.abs(one.change.percent) > Math.abs(most.change.percent) ? one : most);
      const known = found.every(one => one.change.known !== null);
      const button = make("button", "mark " + (known ? "soft" : isLoss(worst.change.percent) ? "red" : "green"));
      button.append(make("span", "", (worst.change.percent < 0 ? "▼" : "▲") + (found.length > 1 ? found.length : "")));
      button.type = "button";
      button.tabIndex = -1;
      button.title = found.map(one => `${signedPercent(one.change.percent)} ${configurations[one.index].name}` + (one.change.known === null ? "" : ` (known: ${state.suppressions[one.change.known].reason})`)).join("\n");
      button.dataset.night = at;
      button.addEventListener("click", () => on.choose(worst.index, at));
      return chart.over.appendChild(button);
    });
    place();
  }

  function place() {
    for (const one of marks) {
      one.hidden = one.dataset.night < state.zoom[0] || one.dataset.night > state.zoom[1];
      one.style.left = chart.valToPos(Number(one.dataset.night), "x") + "px";
    }
  }

  function pointed(u) {
    if (!u.cursor.event) return;
    if (u.cursor.left < 0 || u.cursor.idx === null) { on.leave(); return; }
    let [nearest, least] = [null, 30];
    for (const index of state.visible) {
      const value = configurations[index][kind].value[u.cursor.idx];
      const distance = value === null ? Infinity : Math.abs(u.valToPos(value, "y") - u.cursor.top);
      if (distance < least) [nearest, least] = [index, distance];
    }
    on.point(u.cursor.idx, nearest);
  }

  function selected(u) {
    if (u.select.width < 5) return;
    const [low, high] = [u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")];
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    on.zoom(low, high);
  }

  chart.over.addEventListener("click", () => { if (state.hovered !== null) on.choose(state.hovered, state.night); });
  chart.over.addEventListener("pointermove", event => {
    if (event.pointerType !== "touch") return;
    const at = chart.posToIdx(event.clientX - chart.over.getBoundingClientRect().left);
    on.point(at, null);
  });

  return {
    // The night under the cursor, with the exact values of its results.json.
    point(isShown) {
      const one = configurations[state.front()];
      const value = one?.[kind].value[state.night] ?? null;
      const left = chart.valToPos(state.night, "x");
      chart.setCursor({ left: isShown ? left : -10, top: 0 }, false);
      tip.hidden = dot.hidden = !isShown || value === null || !state.visible.has(state.front());
      if (tip.hidden) return;
      const unit = kind === "throughput" ? "samples/s" : "MiB";
      const figure = make("strong", "", String(value));
      figure.dataset.kind = kind;
      const head = make("div", "", one.name);
      head.prepend(swatch(state.front()));
      const amount = make("div", "", " " + unit);
      amount.prepend(figure);
      tip.replaceChildren(head, amount, make("div", "soft", `${one[kind].low[state.night]} to ${one[kind].high[state.night]}`), make("div", "soft", nights[state.night].at));
      const top = chart.valToPos(value, "y");
      dot.style.left = left + "px";
      dot.style.top = top + "px";
      dot.style.background = colorOf(state.front());
      const [width, room] = [tip.offsetWidth, chart.over.clientWidth];
      tip.style.left = Math.max(0, Math.min(room - width, left + 14 + width > room ? left - width - 14 : left + 14)) + "px";
      tip.style.top = Math.max(0, Math.min(chart.over.clientHeight - tip.offsetHeight, top > chart.over.clientHeight / 2 ? top - tip.offsetHeight - 14 : top + 14)) + "px";
    },
    // What the filter and the zoom let through.
    refresh() {
      configurations.forEach((_, index) => { chart.series[index + 1].show = state.visible.has(index); });
      chart.setScale("x", { min: state.zoom[0], max: state.zoom[1] });
      mark();
    },
    redraw() { chart.redraw(false); },
    resize() { chart.setSize(size()); },
    remove() { chart.destroy(); holder.replaceChildren(); },
    kind,
    chart,
  };
};
