"""The page of a gallery, how it looks, and how it works."""

from typing import Final

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'; \
img-src 'self' file: data:; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{{title}}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="gallery.css">
<script src="data.js" defer></script>
<script src="gallery.js" defer></script>
</head>
<body>
<header>
<h1>{{title}}</h1>
<input id="search" type="search" placeholder="Search names, dates, files" aria-label="Search" autocomplete="off">
<p id="count" role="status"></p>
</header>
<nav id="people" aria-label="People"></nav>
<div id="middle">
<nav id="years" aria-label="Years"></nav>
<main id="photos"></main>
</div>
<dialog id="viewer" aria-label="Photo" tabindex="-1">
<div id="stage"><div id="frame"><img id="photo" alt=""><div id="faces"></div></div></div>
<button id="previous" aria-label="Previous photo" title="Previous (left arrow)">&#8249;</button>
<button id="next" aria-label="Next photo" title="Next (right arrow)">&#8250;</button>
<button id="close" aria-label="Close" title="Close (Esc)">&#215;</button>
<footer><span id="names"></span><span id="when"></span><button id="outlines" aria-pressed="true">Faces</button></footer>
</dialog>
<noscript><p>This gallery needs JavaScript. The photos are in the folder photos.</p></noscript>
</body>
</html>
"""

STYLE: Final = """:root {
  color-scheme: light dark;
  --back: #fbfbfa; --front: #1d1d1f; --quiet: #63636b; --line: #e4e4e6; --accent: #2f6fde; --on-accent: #fff;
  --tile: #ececee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #161618; --front: #ededf0; --quiet: #a0a0a8; --line: #2c2c30; --accent: #7aa7ff; --on-accent: #101114;
    --tile: #242428;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 72px; }
body { margin: 0; background: var(--back); color: var(--front); font: 15px/1.45 system-ui, sans-serif; }
button, input { font: inherit; color: inherit; }
button { cursor: pointer; background: none; border: 0; padding: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
header {
  position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 24px;
  padding: 12px 24px; background: var(--back);
}
h1 { font-size: 20px; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
#search {
  flex: 1 1 200px; max-width: 400px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--tile);
}
#count { margin: 0; color: var(--quiet); }
#people { display: flex; gap: 16px; padding: 8px 24px 16px; overflow-x: auto; }
.person { flex: none; width: 88px; text-align: center; }
.person img {
  width: 72px; height: 72px; border-radius: 50%; object-fit: cover; display: block; margin: 0 auto 8px;
  background: var(--tile);
}
.person span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.person small { color: var(--quiet); }
.person[aria-pressed="true"] img { outline: 3px solid var(--accent); outline-offset: 2px; }
.person[aria-pressed="true"] span { font-weight: 600; }
#middle { display: flex; align-items: flex-start; }
#years {
  position: sticky; top: 72px; flex: none; display: flex; flex-direction: column; padding: 8px 0 8px 24px;
  max-height: calc(100vh - 88px); overflow-y: auto;
}
#years button { padding: 4px 8px; text-align: left; white-space: nowrap; color: var(--quiet); border-radius: 8px; }
#years button:hover, #years button[aria-current="true"] { color: var(--front); background: var(--tile); }
main { flex: 1; min-width: 0; padding: 0 24px 48px; }
section { content-visibility: auto; contain-intrinsic-size: auto 480px; }
h2 { font-size: 15px; font-weight: 600; margin: 0; padding: 16px 0 8px; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(152px, 1fr)); gap: 8px; }
.tile { aspect-ratio: 1; background: var(--tile); border-radius: 4px; overflow: hidden; }
.tile:focus-visible { outline-offset: -3px; }
.tile img { width: 100%; height: 100%; object-fit: cover; display: block; }
.nothing { color: var(--quiet); padding: 48px 0; text-align: center; }
dialog:focus-visible { outline: none; }
dialog {
  width: 100vw; height: 100vh; height: 100dvh; max-width: none; max-height: none; margin: 0; padding: 0; border: 0;
  background: #0b0b0c; color: #ededf0; overflow: hidden;
}
dialog::backdrop { background: #0b0b0c; }
#stage { position: absolute; inset: 0 0 48px; display: grid; place-items: center; overflow: hidden; }
#frame { position: relative; }
#frame img { display: block; width: 100%; height: 100%; }
.face {
  position: absolute; border: 2px solid rgba(255, 255, 255, .75); border-radius: 4px; padding: 0;
  box-shadow: 0 0 0 1px rgba(0, 0, 0, .4);
}
.face span {
  position: absolute; left: 50%; top: calc(100% + 8px); transform: translateX(-50%); padding: 4px 8px;
  border-radius: 8px; background: rgba(0, 0, 0, .8); color: #fff; white-space: nowrap; opacity: 0; pointer-events: none;
}
.face:hover span, .face:focus-visible span { opacity: 1; }
.face:hover, .face:focus-visible { border-color: #7aa7ff; z-index: 1; }
#faces.without { display: none; }
#previous, #next {
  position: absolute; top: 50%; transform: translateY(-50%); width: 48px; height: 72px; font-size: 40px; line-height: 1;
}
#previous { left: 0; }
#next { right: 0; }
#close { position: absolute; right: 0; top: 0; width: 48px; height: 48px; font-size: 28px; line-height: 1; }
#previous, #next, #close { color: #fff; text-shadow: 0 0 4px #000; opacity: .8; }
#previous:hover, #next:hover, #close:hover { opacity: 1; }
dialog footer {
  position: absolute; inset: auto 0 0; height: 48px; padding: 0 16px; display: flex; align-items: center; gap: 16px;
}
#names { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#when { flex: 1; color: #a0a0a8; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
#outlines { padding: 4px 12px; border-radius: 8px; color: #a0a0a8; }
#outlines[aria-pressed="true"] { color: #fff; background: #2c2c30; }
@media (max-width: 640px) {
  header { padding: 8px 12px; }
  #people { padding: 8px 12px; }
  #middle { display: block; }
  #years { position: static; flex-direction: row; padding: 0 12px; max-height: none; overflow-x: auto; }
  main { padding: 0 12px 32px; }
  .grid { grid-template-columns: repeat(3, 1fr); gap: 4px; }
}
@media (prefers-reduced-motion: no-preference) {
  .face span { transition: opacity .12s; }
}
@media print {
  #search, #people, #years, dialog { display: none; }
}
"""

SCRIPT: Final = r""""use strict";
(() => {
  const data = window.GALLERY;
  const at = (id) => document.getElementById(id);
  const make = (name, values = {}, ...children) => {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children);
    return element;
  };
  const people = new Map(data.people.map(([id, name, picture]) => [id, { id, name, picture, photos: 0 }]));
  const photos = data.photos.map(([file, name, width, height, taken, faces], index) => {
    const who = [...new Set(faces.map((face) => face[0]))].filter((id) => people.has(id));
    who.forEach((id) => { people.get(id).photos += 1; });
    return { index, file, name, width, height, taken, faces, who };
  });
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const monthName = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric" });
  const dayName = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
  const moment = (photo) => (photo.taken ? new Date(photo.taken) : null);
  const namesOf = (photo) => photo.who.map((id) => people.get(id).name);
  for (const photo of photos) {
    const when = moment(photo);
    photo.month = when ? monthName.format(when) : "Without a date";
    photo.year = photo.taken.slice(0, 4) || "Without a date";
    photo.day = when ? dayName.format(when) : "";
    photo.label = [namesOf(photo).join(", "), photo.day].filter(Boolean).join(", ") || photo.name;
    photo.words = folded([...namesOf(photo), photo.taken, photo.month, photo.day, photo.name].join("\n"));
  }

  let chosen = new Set();
  let shown = photos;
  let tiles = [];
  let place = 0;

  // The overview

  function show() {
    const words = folded(at("search").value).split(/\s+/).filter(Boolean);
    shown = photos.filter((photo) => [...chosen].every((id) => photo.who.includes(id))
      && words.every((word) => photo.words.includes(word)));
    at("count").textContent = shown.length === 1 ? "1 photo" : shown.length + " photos";
    const main = at("photos");
    const years = at("years");
    main.replaceChildren();
    years.replaceChildren();
    tiles = [];
    let section = null;
    let grid = null;
    let part = null;
    let year = null;
    // Months where there are enough photos, else years.
    const dated = shown.filter((photo) => photo.taken);
    const months = new Set(dated.map((photo) => photo.month)).size;
    const partOf = (photo) => (dated.length > 6 * months ? photo.month : photo.year);
    shown.forEach((photo, number) => {
      if (partOf(photo) !== part) {
        part = partOf(photo);
        grid = make("div", { className: "grid" });
        section = make("section", {}, make("h2", { textContent: part }), grid);
        main.append(section);
      }
      if (photo.year !== year) {
        year = photo.year;
        const target = section;
        years.append(make("button", { textContent: year, onclick: () => target.scrollIntoView() }));
      }
      const image = make("img", { loading: "lazy", decoding: "async", alt: photo.label });
      image.src = "small/" + photo.file;
      image.style.objectPosition = middle(photo);
      const tile = make("button", { className: "tile", title: photo.label, onclick: () => open(number) }, image);
      tile.tabIndex = number === 0 ? 0 : -1;
      tiles.push(tile);
      grid.append(tile);
    });
    if (!shown.length) main.append(make("p", { className: "nothing", textContent: "No photo fits." }));
  }

  // The part of a photo that a square shows: where the faces are.
  function middle(photo) {
    const mean = (place, size) => {
      const total = photo.faces.reduce((sum, face) => sum + face[place] + face[size] / 2, 0);
      const length = size === 3 ? photo.width : photo.height;
      const square = Math.min(photo.width, photo.height) / length;
      const spare = 1 - square;
      return spare ? 100 * Math.max(0, Math.min(1, (total / photo.faces.length - square / 2) / spare)) : 50;
    };
    return photo.faces.length ? mean(1, 3) + "% " + mean(2, 4) + "%" : "50% 50%";
  }

  function showPeople() {
    for (const person of people.values()) {
      const image = make("img", { loading: "lazy", alt: "" });
      image.src = person.picture;
      const count = person.photos === 1 ? "1 photo" : person.photos + " photos";
      const button = make("button", { className: "person", title: person.name }, image,
        make("span", { textContent: person.name }), make("small", { textContent: count }));
      button.setAttribute("aria-pressed", "false");
      button.onclick = () => {
        if (!chosen.delete(person.id)) chosen.add(person.id);
        button.setAttribute("aria-pressed", String(chosen.has(person.id)));
        show();
      };
      at("people").append(button);
    }
    at("people").hidden = people.size === 0;
  }

  function columns() {
    return getComputedStyle(tiles[0].parentElement).gridTemplateColumns.split(" ").length;
  }

  function move(from, key) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() };
    const to = key === "Home" ? 0 : key === "End" ? tiles.length - 1 : from + steps[key];
    const tile = tiles[Math.max(0, Math.min(tiles.length - 1, to))];
    tiles[from].tabIndex = -1;
    tile.tabIndex = 0;
    tile.focus();
  }

  // One photo

  const viewer = at("viewer");

  function open(number) {
    place = number;
    if (!viewer.open) {
      viewer.showModal();
      viewer.focus();
    }
    const photo = shown[place];
    const image = at("photo");
    image.alt = photo.label;
    image.src = "photos/" + photo.file;
    at("faces").replaceChildren(...photo.faces.filter(([id]) => people.has(id)).map(([id, x, y, width, height]) => {
      const face = make("button", { className: "face" }, make("span", { textContent: people.get(id).name }));
      face.setAttribute("aria-label", people.get(id).name);
      Object.assign(face.style, {
        left: 100 * x + "%", top: 100 * y + "%", width: 100 * width + "%", height: 100 * height + "%",
      });
      return face;
    }));
    at("names").textContent = namesOf(photo).join(", ");
    at("when").textContent = [photo.day, photo.name].filter(Boolean).join(" \u00b7 ");
    at("previous").hidden = place === 0;
    at("next").hidden = place === shown.length - 1;
    fit();
    for (const near of [place + 1, place - 1]) {
      if (shown[near]) new Image().src = "photos/" + shown[near].file;
    }
    history.replaceState(null, "", "#" + photo.file.replace(/\.jpg$/, ""));
  }

  function fit() {
    const photo = shown[place];
    const stage = at("stage");
    const factor = Math.min(stage.clientWidth / photo.width, stage.clientHeight / photo.height);
    at("frame").style.width = photo.width * factor + "px";
    at("frame").style.height = photo.height * factor + "px";
  }

  function step(by) {
    if (shown[place + by]) open(place + by);
  }

  function toggleOutlines() {
    const without = at("faces").classList.toggle("without");
    at("outlines").setAttribute("aria-pressed", String(!without));
  }

  viewer.addEventListener("close", () => {
    history.replaceState(null, "", location.pathname + location.search);
    const tile = tiles[place];
    if (tile) {
      tiles.forEach((other) => { other.tabIndex = -1; });
      tile.tabIndex = 0;
      tile.focus();
    }
  });
  at("previous").onclick = () => step(-1);
  at("next").onclick = () => step(1);
  at("close").onclick = () => viewer.close();
  at("outlines").onclick = toggleOutlines;
  window.addEventListener("resize", () => { if (viewer.open) fit(); });

  let touch = null;
  at("stage").addEventListener("touchstart", (event) => {
    touch = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  at("stage").addEventListener("touchend", (event) => {
    if (!touch) return;
    const across = event.changedTouches[0].clientX - touch.clientX;
    if (Math.abs(across) > 48) step(across < 0 ? 1 : -1);
    touch = null;
  });

  // The keyboard

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (viewer.open) {
      if (event.key === "ArrowLeft") step(-1);
      else if (event.key === "ArrowRight") step(1);
      else if (event.key === "Home") open(0);
      else if (event.key === "End") open(shown.length - 1);
      else if (event.key === "f") toggleOutlines();
      else return;
      event.preventDefault();
      return;
    }
    if (event.target === at("search")) {
      if (event.key === "Escape") { at("search").value = ""; show(); }
      else if (event.key === "Enter" && tiles.length) tiles[0].focus();
      return;
    }
    const from = tiles.indexOf(event.target);
    if (from >= 0 && ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      move(from, event.key);
    } else if (event.key === "/") {
      event.preventDefault();
      at("search").focus();
    }
  });
  at("search").addEventListener("input", show);

  showPeople();
  show();
  const linked = shown.findIndex((photo) => "#" + photo.file.replace(/\.jpg$/, "") === location.hash);
  if (linked >= 0) open(linked);
})();
"""
