/* What is found: the filters with their counts, the elements and the findings as lists. */
const PAGE = 60;
const state = {query: '', chosen: new Map(), element: '', pane: 'elements', rows: PAGE, findings: PAGE};
let model = null, found = new Set(), filtered = new Set(), asked = [];  // filtered: by the filters alone

/* Make the data of the page ready to be asked: a finding is found by the code and the title of its requirement too. */
function understood(data) {
  const called = (...words) => { const plain = words.join('\n').normalize('NFC').toLowerCase(); return [plain, fold(plain)]; };
  const ofRules = data.rules.map(([id, title]) => called(id, title));
  for (const finding of data.findings) finding.called = finding.rule === null ? called(finding.code) : ofRules[finding.rule];
  const about = new Map();
  data.findings.forEach((finding, at) => {
    for (const [id] of finding.subjects) {
      if (!about.has(id)) about.set(id, []);
      about.get(id).push(at);
    }
  });
  const counted = new Map(Object.entries(data.counted).map(([id, blocks]) => [id, new Map(Object.entries(blocks))]));
  return {...data, about, counted, byId: new Map(data.entries.map(entry => [entry.id, entry]))};
}

const isFiltering = () => asked.length > 0 || state.chosen.size > 0;

/* Find what fits the query and every filter; count for each value what choosing it would find. */
function search() {
  asked = terms(state.query);
  const wanted = model.facets.map(facet => state.chosen.get(facet.id));
  const places = wanted.map((ids, at) => ids && new Set([...ids].map(id => positionOf(model.facets[at], id))));
  const counts = model.facets.map(facet => facet.values.map(() => 0));
  const fits = [];
  filtered = new Set();
  for (const entry of model.entries) {
    const said = finds(asked, entry.words, entry.folded);
    if (!said && !state.chosen.size) continue;
    let missed = -1, misses = 0;
    places.forEach((chosen, at) => {
      if (chosen && !entry.values[at].some(value => chosen.has(value))) { missed = at; misses += 1; }
    });
    if (!misses) filtered.add(entry.id);
    if (!said || misses > 1) continue;
    if (!misses) fits.push(entry);
    entry.values.forEach((values, at) => {
      if (!misses || at === missed) for (const value of values) counts[at][value] += 1;
    });
  }
  found = new Set(fits.map(entry => entry.id));
  return {fits, counts};
}

const positionOf = (facet, id) => facet.values.findIndex(([known]) => known === id);

function showFacets() {
  const opened = new Set([...byId('facets').querySelectorAll('[open]')].map(one => one.dataset.facet));
  byId('facets').replaceChildren(...model.facets.map((facet, at) => {
    const boxes = facet.values.map(([id, words], position) => {
      const box = make('input', {type: 'checkbox', 'data-facet': facet.id, 'data-value': id, 'data-key': `facet:${facet.id}:${id}`});
      box.addEventListener('change', () => choose(facet.id, id, box.checked));
      const number = make('span', {class: 'number', 'data-count': `${at}:${position}`});
      return make('label', {}, box, make('bdi', {}, words), ' ', number);
    });
    return make('details', {class: 'facet', 'data-facet': facet.id, open: opened.has(facet.id) || state.chosen.has(facet.id)},
      make('summary', {'data-key': `facet:${facet.id}`}, facet.label),
      make('div', {class: 'values', role: 'group', 'aria-label': facet.label}, ...boxes));
  }));
}

function choose(facet, id, isChosen) {
  const ids = new Set(state.chosen.get(facet) || []);
  if (isChosen) ids.add(id); else ids.delete(id);
  if (ids.size) state.chosen.set(facet, ids); else state.chosen.delete(facet);
  state.rows = state.findings = PAGE;
  update();
}

/* Filter by what some elements have in common, so that they are found. */
function narrowTo(ids) {
  const some = ids.map(id => model.byId.get(id));
  for (const at of model.facets.keys()) {
    if (!['component', 'kind', 'state'].includes(model.facets[at].id)) continue;
    const shared = new Set(some.flatMap(entry => wordsOf(entry, at).map(([id]) => id)));
    state.chosen.set(model.facets[at].id, shared);
  }
  byId('filters').open = true;
  state.rows = state.findings = PAGE;
  update();
  if (narrow.matches) showPane('elements');
}

function countFacets(counts) {
  for (const number of byId('facets').querySelectorAll('[data-count]')) {
    const [at, position] = number.dataset.count.split(':'), count = counts[at][position];
    number.textContent = count;
    number.parentElement.classList.toggle('none', count === 0);
  }
  const drops = [];
  for (const box of byId('facets').querySelectorAll('input')) {
    box.checked = state.chosen.get(box.dataset.facet)?.has(box.dataset.value) || false;
  }
  for (const facet of model.facets) {
    for (const [id, words] of facet.values) {
      if (!state.chosen.get(facet.id)?.has(id)) continue;
      const named = say('value', {facet: facet.label, value: words});
      drops.push(make('li', {}, button(named, () => drop(facet.id, id), {
        'aria-label': say('drop', {value: named}), 'data-key': `drop:${facet.id}:${id}`,
      })));
    }
  }
  byId('chosen').replaceChildren(...drops);
  byId('chosen').hidden = !drops.length;
  byId('how-many').textContent = drops.length ? `(${drops.length})` : '';
}

function drop(facet, id) {
  choose(facet, id, false);
  (byId('chosen').querySelector('button') || byId('search')).focus();
}

const wordsOf = (entry, at) => entry.values[at].map(position => model.facets[at].values[position]);

/* The heaviest verdict about an element that somebody must act on, as a chip; nothing where there is none. */
function verdictChip(entry) {
  const at = model.facets.findIndex(facet => facet.id === 'verdict');
  const [id, words] = wordsOf(entry, at)[0];
  return id === 'pass' || id === '-' ? '' : make('span', {class: `chip ${id}`}, words);
}

function row(entry) {
  const made = button('', () => select(entry.id, made), {class: 'row', 'data-id': entry.id, 'data-key': `row:${entry.id}`});
  made.append(make('span', {class: 'name'}, marked(entry.name, asked)),
    make('span', {class: 'sort'}, entry.kind), verdictChip(entry));
  if (entry.id === state.element) made.setAttribute('aria-current', 'true');
  return make('li', {}, made);
}

/* Under which heading an element stands: its component; while words are looked for, whether its name has them. */
function headingOf(entry) {
  if (!asked.length) return wordsOf(entry, 0)[0][1];
  const [called, plain] = [entry.words, entry.folded].map(words => words.slice(0, words.indexOf('\n')));
  return say(finds(asked, called, plain) ? 'by-name' : 'by-text');
}

function showElements(fits) {
  const groups = new Map(), first = say('by-name');
  if (asked.length) groups.set(first, []);
  for (const entry of fits) {
    const heading = headingOf(entry);
    if (!groups.has(heading)) groups.set(heading, []);
    groups.get(heading).push(entry);
  }
  const parts = [];
  let room = state.rows;
  for (const [heading, entries] of groups) {
    if (!entries.length || room <= 0) continue;
    parts.push(make('h2', {}, make('bdi', {}, heading), make('span', {class: 'number'}, String(entries.length))),
      make('ul', {class: 'rows'}, ...entries.slice(0, room).map(row)));
    room -= entries.length;
  }
  if (!fits.length) parts.push(make('p', {class: 'nothing'}, say('none')));
  const told = fits.length ? [] : model.findings.filter(isFound);
  if (told.length) parts.push(button(say('none-but', {count: told.length}), () => showPane('findings'), {class: 'more'}));
  if (fits.length > state.rows) parts.push(more(fits.length - state.rows, 'rows', 'elements'));
  byId('elements').replaceChildren(...parts);
}

function more(left, which, section) {
  return button(say('more', {count: left}), () => {
    const before = byId(section).querySelectorAll('button').length - 1;
    state[which] += PAGE;
    update();
    byId(section).querySelectorAll('button')[before]?.focus();
  }, {class: 'more', 'data-key': `more:${which}`});
}

/* A finding is found if it is about what is found, or called as is asked and about what the filters leave. */
function isFound(finding) {
  if (!isFiltering() || finding.subjects.some(([id]) => found.has(id))) return true;
  if (!asked.length || !finds(asked, ...finding.called)) return false;
  return !state.chosen.size || finding.subjects.some(([id]) => filtered.has(id));
}

function showFindings(all) {
  const groups = new Map();
  for (const finding of all.slice(0, state.findings)) {
    const key = `${finding.status} ${finding.rule ?? finding.code}`;
    groups.set(key, [...(groups.get(key) || []), finding]);
  }
  const parts = [...groups.values()].map(several => {
    const [id, title, about, basis] = several[0].rule === null ? [several[0].code, '', '', ''] : model.rules[several[0].rule];
    return make('article', {class: 'requirement'},
      make('h2', {}, chip(several[0].status), title ? make('span', {}, title) : '', make('span', {class: 'id'}, id)),
      about ? make('p', {class: 'meta'}, about) : '', basis ? make('p', {class: 'meta'}, basis) : '',
      make('ul', {class: 'evidence'}, ...several.map(finding => told(finding, true))));
  });
  if (!all.length) parts.push(make('p', {class: 'nothing'}, say(model.findings.length ? 'findings-unfound' : 'findings-none')));
  if (all.length > state.findings) parts.push(more(all.length - state.findings, 'findings', 'findings'));
  byId('findings').replaceChildren(...parts);
}

const chip = status => make('span', {class: `chip ${status}`}, model.statuses[status]);

/* One finding: what, about what, where, what to do. */
function told(finding, linked) {
  const about = finding.subjects.filter(([id]) => linked && model.byId.has(id));
  const links = about.map(([id, name]) => {
    const link = button(make('bdi', {}, name), () => select(id, link), {class: 'link', 'data-key': `found:${finding.code}:${id}`});
    return link;
  });
  return make('li', {}, coded(finding.message),
    links.length ? make('span', {class: 'links'}, ...links) : '',
    ...finding.places.map(place => make('code', {class: 'where'}, place)),
    finding.source ? make('code', {class: 'source'}, finding.source) : '',
    ...finding.marks.map(mark => make('span', {class: 'mark'}, mark)),
    finding.remedy ? coded(finding.remedy, 'remedy') : '');
}

/* Up and down walk through a list. */
for (const section of ['elements', 'findings']) {
  byId(section).addEventListener('keydown', event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step || event.target.tagName !== 'BUTTON') return;
    const all = [...byId(section).querySelectorAll('button')], next = all[all.indexOf(event.target) + step];
    if (next) next.focus(); else if (step < 0) byId('search').focus();
    event.preventDefault();
  });
}
byId('search').addEventListener('keydown', event => {
  if (event.key !== 'ArrowDown') return;
  byId(state.pane === 'findings' ? 'findings' : 'elements').querySelector('button')?.focus();
  event.preventDefault();
});
