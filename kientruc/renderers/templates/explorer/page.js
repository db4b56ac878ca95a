/* The page as a whole: its address, what is chosen, and how it takes over a newer one. */
const narrow = matchMedia('(max-width: 63.99rem), (max-height: 29.99rem)');
const MOMENT = 6000;  // ms for which a change stays marked

/* Open the card of an element; "" closes it and goes back to where it was opened. */
function select(id, from) {
  const closing = !id && state.element;
  if (id && from) opener = from.dataset.key;
  state.element = model.byId.has(id) ? id : '';
  showCard();
  mark();
  write(true);
  if (state.element) {
    const block = blockOf(id);
    if (block && !(from && from.closest('svg'))) reveal(block);
    byId('elements').querySelector('[aria-current]')?.scrollIntoView({block: 'nearest'});
    card.scrollTop = 0;
    byId('card-title').focus({preventScroll: !narrow.matches});
    if (narrow.matches) scrollTo(0, 0);
  } else if (closing) {
    (focusKey(opener) || byId('search')).focus();
  }
}

function mark() {
  light(found, isFiltering(), state.element);
  for (const one of byId('elements').querySelectorAll('.row')) {
    if (one.dataset.id === state.element) one.setAttribute('aria-current', 'true');
    else one.removeAttribute('aria-current');
  }
}

function choosePicture(key) {
  draw(key);
  mark();
  write();
}

function showPane(pane) {
  state.pane = pane;
  showLists();
  byId('main').dataset.pane = pane;
  for (const one of byId('panes').children) one.setAttribute('aria-pressed', String(one.dataset.pane === pane));
}

/* Only the list that is seen is made: of thousands, that is most of the work. */
let fits = [];
function showLists() {
  if (!model) return;
  const told = model.findings.filter(isFound), isPrinting = state.rows === Infinity;
  if (state.pane !== 'findings' || isPrinting) showElements(fits);
  if (state.pane === 'findings') showFindings(told);
  byId('elements-number').textContent = fits.length;
  byId('findings-number').textContent = told.length;
  mark();
}

function update() {
  const {fits: fitting, counts} = search();
  fits = fitting;
  countFacets(counts);
  showLists();
  const all = model.entries.length;
  byId('count').textContent = isFiltering() ? say('some', {count: fits.length, all}) : say('all', {count: all});
  write();
}

/* The address tells element, picture, query and filters, so that it can be sent to somebody. */
let due = 0;
function address() {
  const parts = new URLSearchParams();
  if (state.element) parts.set('e', state.element);
  if (shown && shown !== pictures.options[0]?.value) parts.set('p', shown);
  if (state.query.trim()) parts.set('q', state.query.trim());
  for (const [facet, ids] of state.chosen) parts.set(facet, [...ids].sort().join(','));
  return `#${parts}`;
}

function write(isNew) {
  clearTimeout(due);
  const put = () => {
    if (address() === (location.hash || '#')) return;
    history[isNew ? 'pushState' : 'replaceState'](null, '', address());
  };
  if (isNew) put(); else due = setTimeout(put, 300);
}

function read() {
  clearTimeout(due);
  const parts = new URLSearchParams(location.hash.slice(1));
  state.query = byId('search').value = parts.get('q') || '';
  state.chosen.clear();
  for (const facet of model.facets) {
    const ids = (parts.get(facet.id) || '').split(',').filter(id => positionOf(facet, id) >= 0);
    if (ids.length) state.chosen.set(facet.id, new Set(ids));
  }
  if (state.chosen.size) byId('filters').open = true;
  state.element = model.byId.has(parts.get('e')) ? parts.get('e') : '';
  const known = [...pictures.options].map(option => option.value), key = parts.get('p');
  const showing = state.element && !blockOf(state.element) ? picturesOf(state.element)[0]?.value : '';
  const wanted = known.includes(key) ? key : showing || known[0] || '/0';
  if (wanted !== shown) draw(wanted);
  showCard();
  update();
  const block = state.element && blockOf(state.element);
  if (block) reveal(block);
}

/* Give the focus back to what bears the same key, also after it was made anew. */
function focusKey(key) {
  const one = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (one) one.focus({preventScroll: true});
  return one;
}

let calm = 0;
function tell(words) {
  clearTimeout(calm);
  byId('news').textContent = words;
  calm = setTimeout(() => { byId('news').textContent = ''; }, MOMENT);
}

/* Which elements say something else: their own data, not what is said or found of them elsewhere. */
function changes(before, now) {
  return now.entries.filter(entry => before.byId.get(entry.id)?.print !== entry.print).map(entry => entry.id);
}

/* Show why the files cannot be read, above what they last said. */
function showBroken(data) {
  byId('broken').hidden = data.loaded;
  byId('main').classList.toggle('empty', !model.loaded);
  if (data.loaded) { byId('faults').replaceChildren(); return; }
  byId('broken-note').textContent = say('broken', {count: data.findings.length});
  byId('faults').replaceChildren(...data.findings.map(finding => {
    const line = told(finding, false);
    line.prepend(make('span', {class: 'of'}, make('span', {class: `chip ${finding.status}`}, data.statuses[finding.status]), ' ', make('span', {class: 'id'}, finding.code)));
    return line;
  }));
}

/* Take over a newer page: whatever the reader looks at and has chosen stays. */
function adopt(html) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  const source = next.getElementById('data');
  if (!source) return false;
  const data = JSON.parse(source.textContent), wasBroken = !byId('broken').hidden;
  if (!data.loaded && model.loaded) {
    showBroken(data);
    return true;
  }
  const before = model, focused = document.activeElement?.dataset?.key;
  const scrolled = ['elements', 'findings', 'side', 'card'].map(id => [byId(id), byId(id).scrollTop]);
  model = understood(data);
  document.title = next.title;
  for (const id of ['head', 'sheets', 'pictures', 'left', 'note-cut']) {
    byId(id).replaceChildren(...[...next.getElementById(id).childNodes].map(one => document.importNode(one, true)));
  }
  for (const [facet, ids] of state.chosen) {
    const known = model.facets.find(one => one.id === facet);
    const left = [...ids].filter(id => known && positionOf(known, id) >= 0);
    if (left.length) state.chosen.set(facet, new Set(left)); else state.chosen.delete(facet);
  }
  showBroken(data);
  const known = [...pictures.options].map(option => option.value), same = known.includes(shown);
  draw(same ? shown : known[0] || '/0', same);
  showFacets();
  const lost = state.element && !model.byId.has(state.element);
  if (lost) state.element = '';
  showCard();
  update();
  for (const [part, top] of scrolled) part.scrollTop = top;
  if (focused && document.activeElement === document.body) focusKey(focused) || (lost && byId('search').focus());
  const ids = before.loaded ? changes(before, model) : [];
  flash(ids);
  tell(lost ? say('gone') : ids.length ? say('changed', {count: ids.length}) : say(wasBroken ? 'mended' : 'same'));
  return true;
}

/* Mark what changed for a moment. */
function flash(ids) {
  const wanted = new Set(ids);
  const rows = [...byId('elements').querySelectorAll('.row')].filter(one => wanted.has(one.dataset.id));
  const parts = [...blocks().filter(one => stands(one, wanted)), ...rows];
  for (const part of parts) part.classList.add('changed');
  setTimeout(() => { for (const part of parts) part.classList.remove('changed'); }, MOMENT);
}

/* Paper has no button for more. */
let kept = null;
addEventListener('beforeprint', () => {
  kept = {rows: state.rows, findings: state.findings};
  state.rows = state.findings = Infinity;
  update();
});
addEventListener('afterprint', () => { Object.assign(state, kept); update(); });

/* Enter opens the first that is found. */
byId('find').addEventListener('submit', event => {
  event.preventDefault();
  byId(state.pane === 'findings' ? 'findings' : 'elements').querySelector('.row, .link, .more')?.click();
});
byId('search').addEventListener('input', () => {
  state.query = byId('search').value;
  state.rows = state.findings = PAGE;
  update();
});
byId('panes').addEventListener('click', event => {
  const chosen = event.target.closest('[data-pane]');
  if (chosen) showPane(chosen.dataset.pane);
});
addEventListener('keydown', event => {
  if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, select')) {
    event.preventDefault();
    byId('search').select();
    byId('search').focus();
  }
  if (event.key === 'Escape' && state.element && event.target.type !== 'search') select('');
});
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();  // the address is for what is chosen
  byId('search').focus();
});
addEventListener('popstate', read);

model = understood(JSON.parse(byId('data').textContent));
showFacets();
showBroken(model);
read();
showPane(state.pane);
window.kientruc = Object.freeze({adopt, tellsFaults: true});
