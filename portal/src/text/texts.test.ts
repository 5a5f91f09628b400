import { describe, expect, it } from "vitest";
import { nameOf, t, textOr } from "./texts";

describe("texts", () => {
  it("follow the language of the page", () => {
    expect(t("portal.nav.home")).toBe("ホーム");
    document.documentElement.lang = "en";
    expect(t("portal.nav.home")).toBe("Home");
  });

  it("fill in values and leave a missing one visible", () => {
    expect(t("portal.version", { version: 3 })).toBe("第3版");
    expect(t("portal.version")).toBe("第{version}版");
  });

  it("show a value that is not known here as it came", () => {
    expect(textOr("portal.span.", "facility")).toBe("設備名");
    expect(textOr("portal.span.", "something_new")).toBe("something_new");
  });

  it("name people in English only where they have an English name", () => {
    document.documentElement.lang = "en";
    expect(nameOf({ name: "東雲電力", name_en: "Shinonome Electric" })).toBe("Shinonome Electric");
    expect(nameOf({ name: "東雲電力", name_en: "" })).toBe("東雲電力");
  });
});
