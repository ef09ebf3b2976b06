// As-you-type results and a microphone. The page works without: the form asks the server, which draws the same list.

import "/static/page.js";

const PAUSE_MS = 250; // between two letters of somebody who types slowly
const field = document.querySelector("#q");
const results = document.querySelector("#results");
const note = document.querySelector("[data-mic-note]");
let asking = new AbortController();
let soon = 0;

if (field) {
  field.form.querySelector(".find-go").hidden = true; // the list follows each letter; Enter still sends the form
  field.addEventListener("input", () => searchSoon());
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    field.blur(); // the phone's keyboard goes, the list is seen
    search();
  });
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (Recognition) listenWith(Recognition);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

function searchSoon() {
  clearTimeout(soon);
  soon = setTimeout(search, PAUSE_MS);
}

async function search() {
  clearTimeout(soon);
  asking.abort();
  asking = new AbortController();
  const address = new URL("/find", location);
  for (const [name, value] of new FormData(field.form)) if (value) address.searchParams.set(name, value);
  history.replaceState(null, "", address);
  address.searchParams.set("part", "results");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new TypeError(answer.statusText);
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-results]");
    results.replaceChildren(list);
    note.textContent = "";
  } catch (error) {
    if (error.name !== "AbortError") note.textContent = note.dataset.away;
  }
}

function listenWith(Recognition) {
  const button = document.querySelector("[data-mic]");
  button.hidden = false;
  let ear = null;
  const over = () => {
    ear = null;
    button.setAttribute("aria-pressed", "false");
    if (note.textContent === note.dataset.listening) note.textContent = "";
  };
  button.addEventListener("click", () => {
    if (ear) return ear.stop();
    ear = new Recognition();
    ear.lang = document.documentElement.lang === "en" ? "en-US" : "vi-VN";
    ear.onresult = ({ results: heard }) => {
      field.value = heard[0][0].transcript;
      search();
    };
    ear.onerror = () => (note.textContent = note.dataset.failed);
    ear.onend = over;
    button.setAttribute("aria-pressed", "true");
    note.textContent = note.dataset.listening;
    ear.start();
  });
}
