/** The part of cronstrue that is needed to say a schedule in another language. */
export type ScheduleWords = {
  /** BCP 47 tag, for joining parts of a sentence. */
  readonly locale: string;
  /** Words for one plain expression. Throws on what it cannot say. */
  readonly render: (expression: string, hour12: boolean) => string;
};

/** Every language cronstrue has, each a file of its own that is fetched when it is asked for. */
const LANGUAGES: { readonly [code: string]: () => Promise<unknown> } = {
  af: () => import('cronstrue/locales/af.js'),
  ar: () => import('cronstrue/locales/ar.js'),
  az: () => import('cronstrue/locales/az.js'),
  be: () => import('cronstrue/locales/be.js'),
  bg: () => import('cronstrue/locales/bg.js'),
  ca: () => import('cronstrue/locales/ca.js'),
  cs: () => import('cronstrue/locales/cs.js'),
  da: () => import('cronstrue/locales/da.js'),
  de: () => import('cronstrue/locales/de.js'),
  es: () => import('cronstrue/locales/es.js'),
  fa: () => import('cronstrue/locales/fa.js'),
  fi: () => import('cronstrue/locales/fi.js'),
  fr: () => import('cronstrue/locales/fr.js'),
  he: () => import('cronstrue/locales/he.js'),
  hr: () => import('cronstrue/locales/hr.js'),
  hu: () => import('cronstrue/locales/hu.js'),
  id: () => import('cronstrue/locales/id.js'),
  it: () => import('cronstrue/locales/it.js'),
  ja: () => import('cronstrue/locales/ja.js'),
  ko: () => import('cronstrue/locales/ko.js'),
  my: () => import('cronstrue/locales/my.js'),
  nb: () => import('cronstrue/locales/nb.js'),
  nl: () => import('cronstrue/locales/nl.js'),
  nn: () => import('cronstrue/locales/nn.js'),
  pl: () => import('cronstrue/locales/pl.js'),
  pt_BR: () => import('cronstrue/locales/pt_BR.js'),
  pt_PT: () => import('cronstrue/locales/pt_PT.js'),
  ro: () => import('cronstrue/locales/ro.js'),
  ru: () => import('cronstrue/locales/ru.js'),
  sk: () => import('cronstrue/locales/sk.js'),
  sl: () => import('cronstrue/locales/sl.js'),
  sr: () => import('cronstrue/locales/sr.js'),
  sv: () => import('cronstrue/locales/sv.js'),
  sw: () => import('cronstrue/locales/sw.js'),
  tg: () => import('cronstrue/locales/tg.js'),
  th: () => import('cronstrue/locales/th.js'),
  tr: () => import('cronstrue/locales/tr.js'),
  uk: () => import('cronstrue/locales/uk.js'),
  vi: () => import('cronstrue/locales/vi.js'),
  zh_CN: () => import('cronstrue/locales/zh_CN.js'),
  zh_TW: () => import('cronstrue/locales/zh_TW.js'),
};

/** The languages schedules can be described in, as BCP 47 tags; English needs no loading. */
export const SCHEDULE_LANGUAGES: readonly string[] = [
  'en',
  ...Object.keys(LANGUAGES).map((code) => code.replace('_', '-')),
];

/** Loads the words of a language; null for English and for languages that cronstrue does not have. */
export async function loadScheduleWords(locale: string): Promise<ScheduleWords | null> {
  const code = languageCode(locale);
  const load = code === null ? undefined : LANGUAGES[code];
  if (code === null || !load) return null;
  const [{ default: cronstrue }] = await Promise.all([import('cronstrue'), load()]);
  return {
    locale: code.replace('_', '-'),
    render: (expression, hour12) =>
      cronstrue.toString(expression, {
        locale: code,
        use24HourTimeFormat: !hour12,
        throwExceptionOnParseError: true,
      }),
  };
}

/** `de-AT` is told in `de`; Portuguese and Chinese have two forms each. */
function languageCode(locale: string): string | null {
  const [language = '', ...rest] = locale.split(/[-_]/);
  const lower = language.toLowerCase();
  if (lower === 'pt') return rest.some((part) => part.toUpperCase() === 'BR') ? 'pt_BR' : 'pt_PT';
  if (lower === 'zh') return rest.some((part) => /^(?:hant|tw|hk|mo)$/i.test(part)) ? 'zh_TW' : 'zh_CN';
  if (lower === 'no') return 'nb';
  return Object.hasOwn(LANGUAGES, lower) ? lower : null;
}
