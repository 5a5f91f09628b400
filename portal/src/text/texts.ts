// Texts of the interface in the language that the server wrote into <html lang>. Keys are checked by the compiler.
import en from "../../../texts/portal.en.json";
import ja from "../../../texts/portal.ja.json";

export type Language = "ja" | "en";
export type TextKey = keyof typeof ja;

const catalogues: Record<Language, Record<string, string>> = { ja, en };

export function language(): Language {
  return document.documentElement.lang.startsWith("en") ? "en" : "ja";
}

function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return filled(catalogues[language()][key] ?? key, values);
}

/** The text of a value that the server may add to one day: `family + value`, or the value itself while unknown here. */
export function textOr(family: string, value: string): string {
  return catalogues[language()][family + value] ?? value;
}

/** The name of a person or an organisation in the reader's language. */
export function nameOf(named: { name: string; name_en: string }): string {
  return language() === "en" && named.name_en !== "" ? named.name_en : named.name;
}

/** Remembers the choice for server and portal alike, and draws the same address again. */
export function switchLanguage(to: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP and in Firefox ESR.
  document.cookie = `hinomi_lang=${to}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}
