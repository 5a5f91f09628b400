import { useQuery } from "@tanstack/react-query";
import { previewQuery } from "../../api/queries";
import type { Edition, Review } from "../../api/types";
import { Loaded } from "../../parts/Loaded";
import { TextSection } from "../../parts/TextSection";
import { TlpBadge } from "../../parts/TlpBadge";
import { t } from "../../text/texts";

function Indicators({ edition }: { edition: Edition }) {
  if (edition.indicators.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={t("portal.edition.indicators")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("portal.indicator.type")}</th>
            <th scope="col">{t("portal.indicator.value")}</th>
          </tr>
        </thead>
        <tbody>
          {edition.indicators.map((indicator) => (
            <tr key={`${indicator.type} ${indicator.value}`}>
              <td className="nowrap">{indicator.type}</td>
              <td className="indicator">{indicator.defanged}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Fetched as it will be sent; nothing here is composed in the browser. */
export function EditionPreview({ review, isOutdated }: { review: Review; isOutdated: boolean }) {
  const query = useQuery(previewQuery(review.id, review.revision));
  return (
    <Loaded query={query}>
      {(edition) => (
        <div className="stack">
          {isOutdated && <p className="notice notice-warn">{t("portal.desk.preview.outdated")}</p>}
          <p className="row">
            <TlpBadge tlp={review.tlp} gloss />
          </p>
          <h3>{edition.title}</h3>
          {edition.body !== "" && <p className="prose">{edition.body}</p>}
          <TextSection
            title={t("portal.edition.implication")}
            text={edition.implication}
            missing={t("portal.edition.implication.later")}
          />
          <TextSection
            title={t("portal.edition.check")}
            text={edition.check}
            missing={t("portal.edition.check.missing")}
          />
          <TextSection
            title={t("portal.edition.mitigation")}
            text={edition.mitigation}
            missing={t("portal.edition.mitigation.missing")}
          />
          <Indicators edition={edition} />
          {edition.techniques.length + edition.cves.length > 0 && (
            <p className="row">
              {[...edition.techniques, ...edition.cves].map((value) => (
                <span key={value} className="badge">
                  {value}
                </span>
              ))}
            </p>
          )}
        </div>
      )}
    </Loaded>
  );
}
