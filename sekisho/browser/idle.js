// Keeps, in every document from its beginning, what is still to come there without anybody's doing: timers, a refresh,
// a way out that was taken, a key that is being made. It changes nothing that a page can notice. `idle.py` asks it.
(() => {
  const NAME = Symbol.for("sekisho.browser.idle");
  if (window[NAME]) return;
  const CLOCK = 30000; // ms for which what recurs is believed to lead somewhere; a clock or a banner never does
  const LEAVING = 2000; // ms for which a way out that was taken is believed: a file or an empty answer leaves the page
  const PICTURES = 10000; // ms for which a page whose words are there is believed to wait for pictures and fonts
  const STARTS_LATE = 2000; // ms that a browser may be late with a refresh
  const now = () => performance.now();
  const timers = new Map();
  const habits = new Map();
  let left = -Infinity, loaded = null, parsed = Infinity, changed = 0;

  // A clock, or how long a session lasts still: nothing comes of it within the time for which it would be waited for.
  const TIME = /(\d{1,2}):([0-5]\d)(:[0-5]\d)?/;
  let ticked = -Infinity;

  function ticks({ type, target, addedNodes }) {
    const text = type === "attributes" || [...addedNodes].some((one) => one.nodeType !== 3) ? "" : target.textContent;
    const [time] = (text.length < 100 && text.match(TIME)) || [];
    const seconds = time ? time.split(":").reduce((whole, part) => 60 * whole + Number(part), 0) : 0;
    return seconds > CLOCK / 1000 && seconds > (now() + CLOCK) / 1000; // not one that tells how long it has taken
  }

  const isClock = (delay) => delay >= 200 && now() - ticked < 2 * delay;

  let background = []; // paths that the page asks for all the time

  const lastAsked = () => Math.max(0, ...performance.getEntriesByType("resource")
    .filter((one) => /^(xmlhttprequest|fetch|beacon|iframe|frame|script)$/.test(one.initiatorType))
    .filter((one) => !background.includes(new URL(one.name).pathname)).map((one) => one.startTime));

  const recurring = (since, delay) => now() - Math.max(since, lastAsked()) < Math.max(CLOCK, 2 * delay);

  function keep(id, handler, given, forever) {
    const delay = Math.max(0, Number(given) || 0), key = `${delay} ${handler}`;
    const habit = habits.get(key) || { since: now(), times: 0 };
    habit.times += 1;
    habits.set(key, habit);
    timers.set(id, { due: now() + delay, delay, forever, habit });
    return id;
  }

  // A form that is sent is on its way a moment later.
  function over(id) {
    if (timers.delete(id) && recurring(0, 0)) changed = now();
  }

  const { setTimeout: later, setInterval: often, clearTimeout: drop, clearInterval: stop } = window;
  window.setTimeout = function setTimeout(handler, delay, ...values) {
    const id = keep(later.call(window, handler, delay, ...values), handler, delay, false);
    later.call(window, () => over(id), delay); // of the same moment, and after it
    return id;
  };
  window.setInterval = function setInterval(handler, delay, ...values) {
    return keep(often.call(window, handler, delay, ...values), handler, delay, true);
  };
  window.clearTimeout = function clearTimeout(id) {
    timers.delete(id);
    drop.call(window, id);
  };
  window.clearInterval = function clearInterval(id) {
    over(id);
    stop.call(window, id);
  };

  // A key that the page makes takes seconds, in which nothing else shows that it is at work.
  let computing = 0;
  const subtle = window.SubtleCrypto && window.SubtleCrypto.prototype;
  for (const name of Object.getOwnPropertyNames(subtle || {})) {
    const own = Object.getOwnPropertyDescriptor(subtle, name).value;
    if (typeof own !== "function" || name === "constructor") continue;
    subtle[name] = { [name](...values) {
      const result = own.apply(this, values);
      const end = () => { computing -= 1; changed = now(); };
      if (result instanceof Promise) { computing += 1; result.then(end, end); }
      return result;
    } }[name];
  }

  function timing(horizon) {
    const going = ({ delay, forever, habit }) => !((forever || habit.times > 2) && isClock(delay));
    return [...timers.values()].filter(going).some(({ due, delay, forever, habit }) => // old libraries have an Array.from of their own
      forever ? delay < horizon && recurring(habit.since, delay)
        : due - now() < horizon && (habit.times < 3 || recurring(habit.since, delay)));
  }

  function refreshing(horizon) {
    const tag = document.querySelector('meta[http-equiv="refresh" i]');
    const [, seconds] = (tag && tag.content.match(/^\s*(\d+(?:\.\d*)?)/)) || [];
    const due = seconds === undefined ? -Infinity : (loaded ?? now()) + 1000 * Number(seconds);
    return due + STARTS_LATE > now() && due - now() < horizon;
  }

  addEventListener("DOMContentLoaded", () => { parsed = now(); });
  addEventListener("load", () => { loaded = now(); });
  if (window.navigation) {
    navigation.addEventListener("navigate", (event) => { if (!event.destination.sameDocument) left = now(); });
  }
  new MutationObserver((changes) => {
    if (changes.every(ticks)) ticked = now();
    else if (recurring(0, 0)) changed = now();
  })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  // What is going on, and for how many milliseconds nothing has changed. `horizon`: what comes later does not count.
  window[NAME] = (horizon, paths = []) => {
    background = paths;
    const shown = innerWidth > 0 && innerHeight > 0;
    const state = document.readyState;
    const what = state === "loading" || (state !== "complete" && now() - parsed < PICTURES) ? "loading"
      : now() - left < LEAVING ? "leaving"
      : shown && refreshing(horizon) ? "refresh"
      : computing ? "computing"
      : shown && timing(horizon) ? "timer" : "";
    return [what, now() - Math.max(changed, loaded ?? 0)];
  };
  Object.defineProperty(window, NAME, { enumerable: false });
})();
