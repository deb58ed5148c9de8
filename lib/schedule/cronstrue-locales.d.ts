/** The language files of cronstrue carry no types; each registers itself when it is loaded. */
declare module 'cronstrue/locales/*.js';
