// Colours C# as an editor does: comments, words of the language, types, numbers.
const WORDS = 'bool class const else float for if in int internal long namespace new nint out partial private public ref return sealed static this true false unchecked using void where while';
const TOKEN = new RegExp([
  '(?<comment>//.*)',
  `(?<word>\\b(?:${WORDS.split(' ').join('|')})\\b)`,
  '(?<type>\\b(?:_[a-z]+::)?[A-Z]\\w*\\b)',
  '(?<number>\\b\\d[\\d_.]*f?\\b)',
  '(?<other>[<>&])',
].join('|'), 'g');

const ESCAPES = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

const escaped = text => text.replace(/[<>&]/g, character => ESCAPES[character]);

/** HTML of a text. */
export const coloured = text => text.replace(TOKEN, (match, ...rest) => {
  const groups = rest.at(-1);
  const kind = Object.keys(groups).find(name => groups[name] !== undefined);
  return kind === 'other' ? escaped(match) : `<span class="${kind}">${escaped(match)}</span>`;
});
