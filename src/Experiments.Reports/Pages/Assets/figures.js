// Figures as the reports write them, and elements. Text of others goes into the page by textContent alone.
const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
const byId = id => document.getElementById(id);

const nothing = "–";
const rateText = value => value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : String(Number(value.toFixed(3)));
const memoryText = mebibytes => mebibytes >= 1024 ? (mebibytes / 1024).toFixed(1) + " GiB" : mebibytes.toFixed(mebibytes >= 100 ? 0 : mebibytes >= 1 ? 1 : 2) + " MiB";
const signedPercent = percent => (percent < 0 ? "−" : "+") + Math.abs(percent).toFixed(Math.abs(percent) < 9.95 ? 1 : 0) + " %";
const day = night => night.at.slice(0, 10);
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const shortDay = night => `${Number(night.at.slice(8, 10))} ${months[Number(night.at.slice(5, 7)) - 1]}`;
const hashText = hash => hash.slice(0, 10);

// Okabe and Ito's colours, which colour-blind readers tell apart; further lines are dashed.
const colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#888888"];
const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
const colorOf = index => colors[index % colors.length];
const dashOf = index => dashes[Math.floor(index / colors.length) % dashes.length];
const inkOf = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

// A swatch as the chart draws the line.
const swatch = index => {
  const mark = make("i", "swatch");
  mark.style.borderTopColor = colorOf(index);
  mark.style.borderTopStyle = ["solid", "dashed", "dotted", "dashed"][Math.floor(index / colors.length) % 4];
  return mark;
};

// A verdict with its sign and colour; an empty place where it was not kept.
const verdictOf = (verdicts, kind) => kind === null ? make("span", "soft", nothing) : make("span", verdicts[kind].color, `${verdicts[kind].mark} ${verdicts[kind].word}`);
