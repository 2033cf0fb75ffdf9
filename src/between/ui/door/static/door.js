// Small comforts of the door; every page works without them.
const passphrase = document.querySelector("[data-strength]");
const verdict = document.getElementById("strength");
let waiting;

async function judge() {
  if (!passphrase.value) { verdict.textContent = ""; return; }
  const answer = await fetch("/strength", { method: "POST", body: new URLSearchParams({ passphrase: passphrase.value }) });
  if (!answer.ok) return;
  const { ok, said, advice } = await answer.json();
  verdict.textContent = [said, ...advice].join(" ");
  verdict.classList.toggle("ok", ok);
}

if (passphrase) {
  passphrase.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(judge, 250); });
}

const use = document.querySelector("[data-use]");
if (use) {
  use.hidden = false;
  use.addEventListener("click", () => {
    const suggested = document.getElementById("suggestion").textContent;
    for (const field of document.querySelectorAll("input[type=password]")) field.value = suggested;
    judge();
  });
}

const printer = document.querySelector("[data-print]");
if (printer) { printer.hidden = false; printer.addEventListener("click", () => window.print()); }

const submits = document.querySelector("[data-submit]");
if (submits) submits.addEventListener("change", () => submits.form.submit());

// Opening hours, said in the reader's own time.
for (const moment of document.querySelectorAll("time[data-local]")) {
  const when = new Date(moment.dateTime), today = new Date();
  const time = when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = when.toDateString() === today.toDateString() ? "" : when.toLocaleDateString("en-GB", { weekday: "long" }) + " ";
  moment.textContent = day + time;
}
