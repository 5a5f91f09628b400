// An edition while it is being edited, as the fields of the form hold it.
import type { Audience, Edition, Review, ReviewEdit, Tlp } from "../../api/types";
import { linesOf } from "../../text/lines";
import { t } from "../../text/texts";

export interface Draft {
  kind: Edition["kind"];
  title: string;
  body: string;
  implication: string;
  check: string;
  mitigation: string;
  indicators: string;
  techniques: string;
  cves: string;
  audience: Audience;
  tlp: Tlp;
  cleared: string[];
}

function fieldsOf(edition: Edition) {
  return {
    kind: edition.kind,
    title: edition.title,
    body: edition.body,
    implication: edition.implication,
    check: edition.check,
    mitigation: edition.mitigation,
    indicators: edition.indicators.map((indicator) => indicator.defanged).join("\n"),
    techniques: edition.techniques.join("\n"),
    cves: edition.cves.join("\n"),
  };
}

export function draftOf(review: Review): Draft {
  return {
    ...fieldsOf(review.edition),
    audience: review.audience,
    tlp: review.tlp,
    cleared: [...(review.cleared ?? [])],
  };
}

export function isSame(a: Draft, b: Draft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What the anonymiser proposes; parts that people wrote themselves (示唆, 調査方法, 緩和策) stay. */
export function withProposal(draft: Draft, review: Review): Draft {
  const proposed = fieldsOf(review.proposal.edition);
  return {
    ...draft,
    ...proposed,
    implication: draft.implication || proposed.implication,
    check: draft.check || proposed.check,
    mitigation: draft.mitigation || proposed.mitigation,
  };
}

/** Indicators and techniques without any story. */
export function technicalOnly(draft: Draft, review: Review): Draft {
  if (review.proposal.technical_only) return withProposal(draft, review);
  return { ...draft, kind: "technical_only", title: t("portal.desk.technical_title"), body: "" };
}

export function editOf(draft: Draft, review: Review): ReviewEdit {
  return {
    revision: review.revision,
    audience: draft.audience,
    tlp: draft.tlp,
    cleared: draft.cleared,
    pseudonyms: review.proposal.pseudonyms,
    edition: {
      kind: draft.kind,
      title: draft.title,
      body: draft.body,
      implication: draft.implication,
      check: draft.check,
      mitigation: draft.mitigation,
      indicators: linesOf(draft.indicators),
      techniques: linesOf(draft.techniques),
      cves: linesOf(draft.cves),
    },
  };
}
