/* Words of the page, and how a query is understood. */
const byId = id => document.getElementById(id);
const spoken = JSON.parse(byId('words').textContent);

function say(key, values) {
  return spoken[key].replace(/\{(\w+)\}/g, (whole, name) => values && name in values ? String(values[name]) : whole);
}

/* An element of the page: what is text stays text. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== '' && value !== false && value != null) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== '' && child != null));
  return made;
}

function button(words, act, attributes) {
  const made = make('button', {type: 'button', ...attributes}, words);
  made.addEventListener('click', act);
  return made;
}

/* A sentence, in which what stands between backticks is code. */
function coded(words, sort) {
  return make('bdi', {class: sort}, ...words.split('`').map((part, at) => (at % 2 ? make('code', {}, part) : part)));
}

const fold = words => words.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');

/* Old and new places of the tone are both right: khoẻ and khỏe, thuý and thúy. */
const TONE = '[\u0300\u0301\u0303\u0309\u0323]';
const EARLY = new RegExp(`([ou])(${TONE})([aey])(?![\\p{L}\\p{M}])`, 'u');
const LATE = new RegExp(`([ou])([aey])(${TONE})(?![\\p{L}\\p{M}])`, 'u');

function otherPlace(word) {
  const parts = word.normalize('NFD');
  const moved = EARLY.test(parts) ? parts.replace(EARLY, '$1$3$2') : parts.replace(LATE, '$1$3$2');
  return moved.normalize('NFC');
}

/* A word with marks is looked for as it is, one without in texts without marks. */
function terms(query) {
  return query.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).map(word => {
    const marked = fold(word) !== word;
    return {marked, spellings: marked ? [...new Set([word, otherPlace(word)])] : [word]};
  });
}

function finds(asked, words, folded) {
  return asked.every(({marked, spellings}) => spellings.some(one => (marked ? words : folded).includes(one)));
}

/* A name with what was found in it marked; where folding changes the number of letters, it is left as it is. */
function marked(name, asked) {
  const plain = name.normalize('NFC'), lower = plain.toLowerCase(), folded = fold(plain), cuts = [];
  for (const {marked: exact, spellings} of asked) {
    const text = exact ? lower : folded;
    const found = spellings.map(one => [text.indexOf(one), one.length]).find(([at]) => at >= 0);
    if (found && text.length === plain.length) cuts.push([found[0], found[0] + found[1]]);
  }
  const made = make('bdi'), ends = cuts.sort((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [from, to] of ends) {
    if (from < at) continue;
    made.append(plain.slice(at, from), make('mark', {}, plain.slice(from, to)));
    at = to;
  }
  made.append(plain.slice(at));
  return made;
}
