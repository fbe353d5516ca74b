// Brings data, charts, table and keys together. All that changes is in state.
const data = JSON.parse(byId("data").textContent);
const holders = { throughput: byId("throughput"), memory: byId("memory") };
const charts = byId("charts");
const filter = byId("filter");
let parts = { charts: [], table: null };

const state = {
  verdicts: data.verdicts, suppressions: data.suppressions, commits: data.commits, ranges: data.ranges,
  machine: null, night: 0, zoom: [0, 1], visible: new Set(), chosen: 0, hovered: null, isPointed: false,
  front() { return this.hovered ?? this.chosen; },
};

const whole = () => [-0.5, state.machine.nights.length - 0.5];

const on = {
  point(night, hovered) {
    const isOther = state.hovered !== hovered;
    Object.assign(state, { night, hovered, isPointed: true });
    show();
    if (isOther) for (const chart of parts.charts) chart.redraw();
  },
  leave() {
    const isOther = state.hovered !== null;
    Object.assign(state, { hovered: null, isPointed: document.activeElement === charts });
    show();
    if (isOther) for (const chart of parts.charts) chart.redraw();
  },
  choose(index, night) {
    Object.assign(state, { chosen: index, night, hovered: null, isPointed: true });
    if (!state.visible.has(index)) { filter.value = ""; sift(); }
    into();
    refresh();
  },
  zoom(low, high) {
    // Between two nights there is nothing to see.
    const [least, most] = whole();
    const middle = (low + high) / 2;
    const half = Math.max((high - low) / 2, 1.5);
    state.zoom = [Math.max(least, middle - half), Math.min(most, middle + half)];
    refresh();
  },
  all() { state.zoom = whole(); refresh(); },
};

// The zoom follows the cursor where it leaves it.
function into() {
  const width = state.zoom[1] - state.zoom[0];
  if (state.night < state.zoom[0]) state.zoom = [state.night - 0.5, state.night - 0.5 + width];
  if (state.night > state.zoom[1]) state.zoom = [state.night + 0.5 - width, state.night + 0.5];
}

function show() {
  for (const chart of parts.charts) chart.point(state.isPointed);
  parts.table.point();
  const { nights, configurations } = state.machine;
  const one = configurations[state.front()];
  const [rate, peak] = [one?.throughput.value[state.night] ?? null, one?.memory.value[state.night] ?? null];
  charts.setAttribute("aria-valuemin", "0");
  charts.setAttribute("aria-valuemax", String(nights.length - 1));
  charts.setAttribute("aria-valuenow", String(state.night));
  charts.setAttribute("aria-valuetext", `${nights[state.night].at}, ${one?.name ?? ""}: ${rate === null ? "not measured" : rateText(rate) + " samples/s"}, ${peak === null ? "no peak memory" : memoryText(peak)}`);
}

function refresh() {
  for (const chart of parts.charts) chart.refresh();
  parts.table.refresh();
  const [from, to] = [Math.max(0, Math.ceil(state.zoom[0])), Math.min(state.machine.nights.length - 1, Math.floor(state.zoom[1]))];
  byId("range").textContent = `${day(state.machine.nights[from])} to ${day(state.machine.nights[to])}, ${to - from + 1} of ${state.machine.nights.length} nights`;
  // uPlot draws a moment later, and only then knows where a night is.
  queueMicrotask(show);
}

// A word of the filter stands in the name; workers=4 is also an axis whose name has the first part in it and whose value is the second, or begins with it where it is no number.
function matches({ name, values }, word) {
  if (name.toLowerCase().includes(word) && !/=[\d.]+$/.test(word)) return true;
  const [axis, sought] = [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)];
  return word.includes("=") && values.some(([of, value]) => of.toLowerCase().includes(axis) && (isNaN(value) ? value.toLowerCase().startsWith(sought) : value === sought));
}

function sift() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(word => word.length > 0);
  const { configurations } = state.machine;
  state.visible = new Set(configurations.map((_, index) => index).filter(index => words.every(word => matches(configurations[index], word))));
  if (!state.visible.has(state.chosen) && state.visible.size > 0) state.chosen = first();
}

// What most wants a look: what changed most for the worse and is not known, else the fastest of the last night.
function first() {
  const { nights, configurations } = state.machine;
  const among = [...state.visible];
  const loss = index => Math.min(0, ...configurations[index].changes.filter(change => change.known === null && change.since < 0).map(change => change.since));
  const worst = among.reduce((most, index) => loss(index) < loss(most) ? index : most, among[0]);
  if (loss(worst) < 0) return worst;
  const last = index => configurations[index].throughput.value[nights.length - 1] ?? -1;
  return among.reduce((most, index) => last(index) > last(most) ? index : most, among[0]);
}

function open(machine) {
  for (const chart of parts.charts) chart.remove();
  Object.assign(state, { machine, night: machine.nights.length - 1, hovered: null, isPointed: false, chosen: -1 });
  state.zoom = whole();
  sift();
  if (state.visible.size === 0) { filter.value = ""; sift(); }
  showHistory(state, on);
  parts = { charts: Object.entries(holders).map(([kind, holder]) => makeChart(holder, state, on, kind)), table: makeTable(state, on) };
  refresh();
}

const step = by => { state.night = Math.max(0, Math.min(state.machine.nights.length - 1, state.night + by)); };
const turn = by => {
  const among = [...state.visible];
  if (among.length > 0) state.chosen = among[(among.indexOf(state.chosen) + by + among.length) % among.length];
};
const scale = by => {
  const half = (state.zoom[1] - state.zoom[0]) / 2 * by;
  on.zoom(state.night - half, state.night + half);
};
const keys = {
  ArrowLeft: () => step(-1), ArrowRight: () => step(1), PageUp: () => step(-10), PageDown: () => step(10), Home: () => step(-Infinity), End: () => step(Infinity),
  ArrowUp: () => turn(-1), ArrowDown: () => turn(1), "+": () => scale(0.5), "=": () => scale(0.5), "-": () => scale(2), Escape: () => on.all(),
  Enter: () => { const { page } = state.machine.nights[state.night]; if (page) location.href = page; },
};
charts.addEventListener("keydown", event => {
  if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey || event.target !== charts) return;
  event.preventDefault();
  Object.assign(state, { hovered: null, isPointed: true });
  keys[event.key]();
  into();
  refresh();
});
charts.addEventListener("focus", () => { state.isPointed = true; show(); });
charts.addEventListener("blur", () => { state.isPointed = false; show(); });

filter.addEventListener("input", () => { sift(); refresh(); });
for (const button of document.querySelectorAll("[data-last]"))
  button.addEventListener("click", () => button.dataset.last === "all" ? on.all() : on.zoom(state.machine.nights.length - 0.5 - Number(button.dataset.last), state.machine.nights.length - 0.5));

if (data.machines.length > 1) {
  byId("machines").hidden = false;
  byId("machine").append(...data.machines.map((machine, index) => { const option = make("option", "", machine.text); option.value = String(index); return option; }));
  byId("machine").addEventListener("change", event => open(data.machines[Number(event.target.value)]));
}

let width = charts.clientWidth;
new ResizeObserver(() => {
  if (charts.clientWidth === width) return;
  width = charts.clientWidth;
  for (const chart of parts.charts) chart.resize();
  queueMicrotask(show);
}).observe(charts);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { for (const chart of parts.charts) chart.chart.redraw(true, true); });
open(data.machines[0]);
