import { describe, expect, it } from "vitest";
import type { Recipient, ReportRecipients } from "../../api/types";
import { seenBy } from "./seenBy";

const recipient = (code: string, name: string, when: Recipient["when"]): Recipient => ({
  code,
  kind: "party",
  name,
  when,
  forms: [],
});

const recipients: ReportRecipients = {
  report: "5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c",
  number: "NR-2026-K7Q4",
  report_version: 1,
  recipients: [
    recipient("readers", "電力ISAC", "arrived"),
    recipient("meti", "経済産業大臣", "when_handed_in"),
    recipient("ppc", "個人情報保護委員会", "when_duty_applies"),
    recipient("tse", "東京証券取引所", "when_duty_applies"),
  ],
  seen_by: { place: ["meti", "readers"], "pii.leak": ["ppc", "readers", "tse"] },
};

describe("who will see a fact", () => {
  it("is named in the order of the recipients", () => {
    expect(seenBy(recipients, "place")).toBe("電力ISAC、経済産業大臣");
  });
  it("is a number where the duty is still open", () => {
    expect(seenBy(recipients, "pii.leak")).toBe("電力ISAC、届出が必要になったときの提出先 2 か所");
  });
  it("is nobody while it is not known", () => {
    expect(seenBy(undefined, "place")).toBe("");
    expect(seenBy(recipients, "no.such.fact")).toBe("");
  });
});
