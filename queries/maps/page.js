"use strict";
// All text of documents goes into the page through textContent and setAttribute, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);
const words = (predicate) => predicate.replaceAll("_", " ");
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const map = byId("map");
const view = { x: 0, y: 0, width: data.width, height: data.height };

function element(tag, text, parent) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function shape(tag, attributes, parent) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent.append(made);
  return made;
}

// The map
function pressable(group, label, act) {
  group.setAttribute("tabindex", "0");
  group.setAttribute("role", "button");
  group.setAttribute("aria-label", label);
  group.addEventListener("click", () => { if (!dragged) act(); });
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}

function drawEdge(edge) {
  const group = shape("g", { class: "edge" }, map);
  shape("path", { d: edge.path, class: "touch" }, group);
  shape("path", {
    d: edge.path, class: "stroke", fill: "none", stroke: edge.colour, "stroke-width": edge.width,
    "stroke-dasharray": edge.dashes.join(" "), "stroke-opacity": 0.85,
  }, group);
  if (edge.head) shape("polygon", { points: edge.head, fill: edge.colour }, group);
  shape("title", {}, group).textContent = edge.caption;
  pressable(group, edge.caption, () => showEdge(edge));
  edge.group = group;
}

function drawNode(node) {
  const group = shape("g", { class: "node" }, map);
  shape("circle", { cx: node.x, cy: node.y, r: node.radius, fill: node.colour }, group);
  const text = shape("text", { "font-size": node.size }, group);
  node.lines.forEach((line, i) => {
    shape("tspan", { x: node.x, y: node.baselines[i] }, text).textContent = line;
  });
  shape("title", {}, group).textContent = `${node.name} (${node.kind})`;
  pressable(group, `${node.name}, ${node.kind}`, () => showNode(node));
  node.group = group;
}

// The panel
function choose(group) {
  for (const chosen of map.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
  group.classList.add("chosen");
}

function cleared(title) {
  const panel = byId("panel");
  panel.replaceChildren();
  element("h2", title, panel);
  return panel;
}

function showEdge(edge) {
  choose(edge.group);
  const subject = nodes.get(edge.subject), object = nodes.get(edge.object);
  const panel = cleared(`${subject.name} ${words(edge.predicate)} ${object.name}`);
  const facts = [edge.status, edge.since && `since ${edge.since}`, edge.detail, edge.regions.join(", "),
    `confidence ${edge.confidence.toFixed(2)}`, edge.sources === 1 ? "1 source" : `${edge.sources} independent sources`];
  element("p", facts.filter(Boolean).join(" · "), panel);
  for (const quote of edge.evidence) {
    const block = element("blockquote", "", panel);
    element("p", quote.text, block);
    const place = [quote.document, quote.date, quote.page && `page ${quote.page}`].filter(Boolean).join(", ");
    element("footer", place, block);
  }
  if (!edge.evidence.length) element("p", "No quote came with this edge.", panel);
  for (const node of [subject, object]) element("button", node.name, panel).onclick = () => showNode(node);
}

function showNode(node) {
  choose(node.group);
  const panel = cleared(node.name);
  element("p", [node.kind, node.regions.join(", ")].filter(Boolean).join(" · "), panel).className = "soft";
  const edges = data.edges.filter((e) => (e.subject === node.id || e.object === node.id) && shown(e));
  for (const edge of edges) element("button", edge.caption, panel).onclick = () => showEdge(edge);
  if (!edges.length) element("p", "No edge passes the filters.", panel);
}

// Filters
const checks = {};
function checkboxes(name, values, sample) {
  const field = byId(name);
  checks[name] = values.map((value) => {
    const label = element("label", "", field);
    const box = element("input", "", label);
    box.type = "checkbox"; box.value = value; box.checked = true;
    box.addEventListener("change", filter);
    const swatch = shape("svg", { class: "swatch", viewBox: "0 0 26 8", "aria-hidden": "true" }, label);
    const { colour, dashes } = sample(value);
    if (dashes) shape("path", { d: "M0 4h26", stroke: colour, "stroke-width": 3, "stroke-dasharray": dashes.join(" ") }, swatch);
    else shape("circle", { cx: 13, cy: 4, r: 4, fill: colour }, swatch);
    label.append(words(value));
    return box;
  });
}

function ticked(name) { return new Set(checks[name].filter((box) => box.checked).map((box) => box.value)); }
function inRegion(edge, region) {
  if (!region) return true;
  const places = [...edge.regions, nodes.get(edge.subject), nodes.get(edge.object)];
  return places.some((at) => typeof at === "string" ? at === region : at.regions.includes(region) || (at.kind === "Region" && at.name === region));
}
let passing = () => true;
function shown(edge) { return passing(edge); }

function filter() {
  const kinds = ticked("kinds"), predicates = ticked("predicates"), statuses = ticked("statuses");
  const region = byId("region").value, least = Number(byId("confidence").value);
  byId("least").textContent = least.toFixed(2);
  passing = (edge) => kinds.has(nodes.get(edge.subject).kind) && kinds.has(nodes.get(edge.object).kind)
    && predicates.has(edge.predicate) && statuses.has(edge.status)
    && edge.confidence >= least && inRegion(edge, region);
  const touched = new Set();
  let visible = 0;
  for (const edge of data.edges) {
    const on = passing(edge);
    edge.group.classList.toggle("hidden", !on);
    if (on) { visible += 1; touched.add(edge.subject).add(edge.object); }
  }
  for (const node of data.nodes) node.group.classList.toggle("faint", data.edges.length > 0 && !touched.has(node.id));
  byId("count").textContent = `${visible} of ${data.edges.length} edges`;
}

// Search
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
function find() {
  const wanted = plain(byId("search").value.trim());
  const found = byId("found");
  found.replaceChildren();
  if (!wanted) return;
  const hits = data.nodes.filter((node) => plain(node.name).includes(wanted)).slice(0, 12);
  for (const node of hits) element("button", node.name, found).onclick = () => { centre(node); showNode(node); };
  if (!hits.length) element("p", "Nothing bears this name.", found);
}

function centre(node) {
  view.width = Math.min(view.width, 700);
  view.height = view.width * data.height / data.width;
  view.x = node.x - view.width / 2;
  view.y = node.y - view.height / 2;
  look();
}

// Pan and zoom
function look() { map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`); }
function whole() { Object.assign(view, { x: 0, y: 0, width: data.width, height: data.height }); look(); }
function zoom(factor, at = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
  const kept = Math.min(Math.max(view.width * factor, 80), data.width * 4) / view.width;
  view.x = at.x - (at.x - view.x) * kept;
  view.y = at.y - (at.y - view.y) * kept;
  view.width *= kept;
  view.height *= kept;
  look();
}
function onPaper(event) {
  const matrix = map.getScreenCTM().inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
}
let held = null, dragged = false;
map.addEventListener("pointerdown", (event) => { held = onPaper(event); dragged = false; });
window.addEventListener("pointerup", () => { held = null; });
window.addEventListener("pointermove", (event) => {
  if (!held) return;
  const now = onPaper(event);
  if (Math.hypot(now.x - held.x, now.y - held.y) * map.getScreenCTM().a > 4) dragged = true;
  if (!dragged) return;
  view.x += held.x - now.x;
  view.y += held.y - now.y;
  look();
});
map.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, onPaper(event)); }, { passive: false });
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select")) return;
  if (steps[event.key] && event.target.closest("#map")) {
    view.x += steps[event.key][0] * view.width / 10;
    view.y += steps[event.key][1] * view.height / 10;
    look();
  } else if (event.key === "+" || event.key === "=") zoom(1 / 1.25);
  else if (event.key === "-") zoom(1.25);
  else if (event.key === "0") whole();
  else if (event.key === "/") byId("search").focus();
  else return;
  event.preventDefault();
});

data.edges.forEach(drawEdge);
data.nodes.forEach(drawNode);
checkboxes("kinds", data.kinds, (value) => ({ colour: data.kindColours[value] }));
checkboxes("predicates", data.predicates, (value) => ({ colour: data.colours[value], dashes: [] }));
checkboxes("statuses", data.statuses, (value) => ({ colour: data.grey.includes(value) ? "#a3abb5" : "currentColor", dashes: data.dashes[value] }));
for (const region of data.regions) element("option", region, byId("region")).value = region;
byId("region").addEventListener("change", filter);
byId("confidence").addEventListener("input", filter);
byId("search").addEventListener("input", find);
byId("in").onclick = () => zoom(1 / 1.25);
byId("out").onclick = () => zoom(1.25);
byId("all").onclick = whole;
whole();
filter();
