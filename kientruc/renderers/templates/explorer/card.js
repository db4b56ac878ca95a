/* The card of one element: all that is said of it, its findings, and the ways to and from it. */
const card = byId('card');
let opener = null;  // the key of what opened it, to go back to

function showCard() {
  const entry = model.byId.get(state.element);
  byId('main').classList.toggle('with-card', Boolean(entry));
  card.hidden = !entry;
  if (!entry) { card.replaceChildren(); return; }
  const title = make('h2', {id: 'card-title', tabindex: '-1', 'data-key': 'card'}, make('bdi', {}, entry.name));
  const close = button('×', () => select(''), {class: 'close', 'aria-label': say('close'), title: say('close')});
  card.replaceChildren(
    make('div', {class: 'top'}, title, close),
    make('p', {class: 'sort'}, entry.kind, ' ', make('code', {class: 'id'}, entry.id)),
    make('p', {class: 'chips'}, ...chips(entry)),
    findings(entry), rows(entry), passes(entry), ways(entry),
  );
}

function chips(entry) {
  return model.facets.flatMap((facet, at) => ['state', 'treatment', 'verdict'].includes(facet.id)
    ? wordsOf(entry, at).filter(([id]) => id !== '-').map(([id, words]) =>
      make('span', {class: `chip ${facet.id === 'verdict' ? id : ''}`, title: facet.label}, words)) : []);
}

function findings(entry) {
  const about = (model.about.get(entry.id) || []).map(at => model.findings[at]);
  if (!about.length) return '';
  const lines = about.map(finding => {
    const line = told(finding, false), rule = finding.rule === null ? '' : model.rules[finding.rule][1];
    line.prepend(make('span', {class: 'of'}, chip(finding.status), ' ', rule, ' ', make('span', {class: 'id'}, finding.code)));
    return line;
  });
  return make('section', {}, make('h3', {}, say('findings-of', {count: about.length})), make('ul', {class: 'evidence'}, ...lines));
}

/* Rows of one label stand under it once; a row that tells of another element leads there. */
function rows(entry) {
  const parts = [];
  let last = -1;
  for (const [label, words = '', id = ''] of entry.rows) {
    if (label !== last) parts.push(make('dt', {}, model.labels[label]));
    last = label;
    if (!id) { parts.push(make('dd', {}, make('bdi', {}, words))); continue; }
    const link = button(make('bdi', {}, words), () => select(id, link), {class: 'link', 'data-key': `card:${label}:${words}`});
    parts.push(make('dd', {}, link));
  }
  if (entry.place) parts.push(make('dt', {}, say('where')), make('dd', {}, make('code', {class: 'where'}, entry.place)));
  return make('dl', {}, ...parts);
}

function passes(entry) {
  if (!entry.passed.length) return '';
  const lines = entry.passed.map(at => make('li', {}, model.rules[at][1], ' ', make('span', {class: 'id'}, model.rules[at][0])));
  return make('details', {}, make('summary', {'data-key': 'card:passes'}, say('pass', {count: lines.length})), make('ul', {}, ...lines));
}

/* Which pictures show it. */
function picturesOf(id) {
  return [...pictures.options].filter(option => {
    const [sheet, page] = option.value.split('/');
    return byId(`sheet-${sheet}`).content.querySelectorAll('svg')[page]?.querySelector(`[data-id="${CSS.escape(id)}"]`);
  });
}

function ways(entry) {
  const items = picturesOf(entry.id).map(option => make('li', {}, button(option.textContent, () => {
    choosePicture(option.value);
    if (narrow.matches) { select(''); showPane('picture'); }
    const block = blockOf(entry.id);
    enlarge(2);
    centre(block);
    stand(block);
  }, {class: 'link', 'data-key': `card:picture:${option.value}`})));
  return items.length ? make('section', {class: 'ways'}, make('h3', {}, say('pictures-of')), make('ul', {}, ...items)) : '';
}

function centre(block) {
  const seen = canvas.getBoundingClientRect(), at = middle(block), unit = scale() * place.zoom;
  aim(place.x + (at.x - seen.left - seen.width / 2) / unit, place.y + (at.y - seen.top - seen.height / 2) / unit, place.zoom);
}
