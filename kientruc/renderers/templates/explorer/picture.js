/* The picture: which one, which part of it, what is dim in it, and how to walk through it without a mouse. */
const canvas = byId('canvas'), pictures = byId('pictures');
const STEP = 1.4, MOST = 16, REACH = 0.2;
const place = {zoom: 1, x: 0, y: 0, isFresh: false};  // the middle of what is seen, in units of the picture
let svg = null, base = null, shown = '';

function draw(key, keep) {
  const [id, page] = key.split('/');
  const found = byId(`sheet-${id}`)?.content.querySelectorAll('svg')[page];
  svg = found ? document.importNode(found, true) : null;
  canvas.replaceChildren(...(svg ? [svg] : [make('p', {class: 'nothing'}, say('not-here'))]));
  shown = svg ? key : '';
  pictures.value = shown;
  if (!svg) return;
  const [x, y, width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  base = {x, y, width, height};
  for (const name of ['width', 'height']) svg.removeAttribute(name);
  for (const block of svg.querySelectorAll('[data-id]')) {
    if (!model.byId.has(block.dataset.id) && !members(block)) continue;
    for (const [name, value] of [['role', 'button'], ['tabindex', '-1'], ['data-key', `block:${block.dataset.id}`]]) {
      block.setAttribute(name, value);
    }
    block.classList.add('known');
  }
  blocks()[0]?.setAttribute('tabindex', '0');
  if (keep) aim(place.x, place.y, place.zoom);
  else begin();
}

/* A block may count several elements. */
const members = block => model.counted.get(shown.split('/')[0])?.get(block.dataset.id);
const stands = (block, ids) => (members(block) || [block.dataset.id]).some(id => ids.has(id));

function open(block) {
  const ids = members(block);
  if (ids) narrowTo(ids); else select(block.dataset.id, block);
}

const blocks = () => svg ? [...svg.querySelectorAll('.known')] : [];
const blockOf = id => svg && svg.querySelector(`.known[data-id="${CSS.escape(id)}"]`);

function scale() {
  return Math.min(canvas.clientWidth / base.width, canvas.clientHeight / base.height) || 1;
}

function aim(x, y, zoom) {
  if (!svg) return;
  place.zoom = Math.min(MOST, Math.max(1, zoom));
  const unit = scale() * place.zoom, width = canvas.clientWidth / unit, height = canvas.clientHeight / unit;
  place.x = within(x, base.x, base.width, width);
  place.y = within(y, base.y, base.height, height);
  const box = [place.x - width / 2, place.y - height / 2, width, height];
  svg.setAttribute('viewBox', box.map(one => one.toFixed(2)).join(' '));
  canvas.classList.toggle('near', place.zoom > 1);
  canvas.classList.toggle('tall', height < base.height - 1);
}

function within(middle, start, length, seen) {
  if (seen >= length) return start + length / 2;
  return Math.min(start + length - seen / 2, Math.max(start + seen / 2, middle));
}

const whole = () => aim(base.x + base.width / 2, base.y + base.height / 2, 1);

/* A wide picture begins whole; on a narrow screen at its left, as high as there is room. */
function begin() {
  place.isFresh = !canvas.clientHeight;  // nobody sees it yet
  if (narrow.matches) aim(base.x, base.y + base.height / 2, canvas.clientHeight / base.height / scale());
  else whole();
}

/* Enlarge around a point of the window, which stays where it is. */
function enlarge(times, clientX, clientY) {
  if (!svg) return;
  const frame = canvas.getBoundingClientRect(), before = scale() * place.zoom;
  const dx = clientX === undefined ? 0 : clientX - frame.left - frame.width / 2;
  const dy = clientY === undefined ? 0 : clientY - frame.top - frame.height / 2;
  const zoom = Math.min(MOST, Math.max(1, place.zoom * times)), after = scale() * zoom;
  aim(place.x + dx / before - dx / after, place.y + dy / before - dy / after, zoom);
}

function shift(right, down) {
  if (!svg) return;
  const unit = scale() * place.zoom;
  aim(place.x + right * canvas.clientWidth / unit, place.y + down * canvas.clientHeight / unit, place.zoom);
}

/* Bring a block into what is seen. */
function reveal(block) {
  const seen = canvas.getBoundingClientRect(), box = block.getBoundingClientRect();
  if (box.left >= seen.left && box.right <= seen.right && box.top >= seen.top && box.bottom <= seen.bottom) return;
  const unit = scale() * place.zoom;
  aim(place.x + (box.left + box.right - seen.left - seen.right) / 2 / unit,
    place.y + (box.top + box.bottom - seen.top - seen.bottom) / 2 / unit, place.zoom);
}

const DOES = {
  in: () => enlarge(STEP), out: () => enlarge(1 / STEP), whole: () => svg && whole(),
  left: () => shift(-REACH, 0), right: () => shift(REACH, 0), up: () => shift(0, -REACH), down: () => shift(0, REACH),
};
const KEYS = {
  '+': 'in', '=': 'in', '-': 'out', '0': 'whole',
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};
const WAYS = {left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1]};

/* The nearest block in a direction; what lies straight ahead is nearer than what lies aside. */
function neighbour(block, way) {
  const [right, down] = WAYS[way], from = middle(block);
  let best = null, least = Infinity;
  for (const one of blocks()) {
    const to = middle(one), ahead = (to.x - from.x) * right + (to.y - from.y) * down;
    const aside = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * right);
    if (one !== block && ahead > 1 && ahead + 2 * aside < least) [best, least] = [one, ahead + 2 * aside];
  }
  return best;
}

function middle(block) {
  const box = block.getBoundingClientRect();
  return {x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2};
}

function stand(block) {
  for (const one of blocks()) one.setAttribute('tabindex', one === block ? '0' : '-1');
  block.focus({preventScroll: true});
  reveal(block);
}

canvas.addEventListener('keydown', event => {
  const act = KEYS[event.key], block = event.target.closest('.known');
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (block && (event.key === 'Enter' || event.key === ' ')) open(block);
  else if (block && act in WAYS && !event.shiftKey) {
    const next = neighbour(block, act);
    if (next) stand(next);
  } else if (act) DOES[act]();
  else return;
  event.preventDefault();
});

canvas.addEventListener('focusin', event => {
  const block = event.target.closest('.known');
  if (block && block.matches(':focus-visible')) reveal(block);
});

canvas.addEventListener('wheel', event => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  enlarge(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX, event.clientY);
}, {passive: false});

/* Dragging is one way among others: the buttons and keys do the same. */
let grip = null;
canvas.addEventListener('pointerdown', event => {
  if (event.button === 0) grip = {x: event.clientX, y: event.clientY, moved: false};
});
canvas.addEventListener('pointermove', event => {
  if (!grip || !svg || place.zoom === 1) return;
  const dx = event.clientX - grip.x, dy = event.clientY - grip.y, unit = scale() * place.zoom;
  if (!grip.moved && Math.hypot(dx, dy) < 5) return;
  if (!grip.moved) canvas.setPointerCapture(event.pointerId);
  grip = {x: event.clientX, y: event.clientY, moved: true};
  aim(place.x - dx / unit, place.y - dy / unit, place.zoom);
});
canvas.addEventListener('pointercancel', () => { grip = null; });
canvas.addEventListener('click', event => {
  const block = event.target.closest('.known'), dragged = grip && grip.moved;
  grip = null;
  if (block && !dragged) open(block);
});
byId('tools').addEventListener('click', event => {
  const act = event.target.closest('[data-do]');
  if (act) DOES[act.dataset.do]();
});
pictures.addEventListener('change', () => choosePicture(pictures.value));
new ResizeObserver(() => {
  if (!svg || !canvas.clientHeight) return;
  if (place.isFresh) begin();
  else aim(place.x, place.y, place.zoom);
}).observe(canvas);

/* Show which are found, and which one is open. */
function light(found, filtering, chosen) {
  canvas.classList.toggle('filtering', filtering);
  for (const block of blocks()) {
    block.classList.toggle('dim', filtering && !stands(block, found));
    block.classList.toggle('open', block.dataset.id === chosen);
    if (!members(block)) block.setAttribute('aria-pressed', String(block.dataset.id === chosen));
  }
}
