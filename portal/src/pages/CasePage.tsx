import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { caseQuery } from "../api/queries";
import type { CaseDetail } from "../api/types";
import { PageTitle } from "../app/PageTitle";
import { Instant } from "../parts/Instant";
import { Loaded } from "../parts/Loaded";
import { TextSection } from "../parts/TextSection";
import { TlpBadge } from "../parts/TlpBadge";
import { t } from "../text/texts";

type Item = CaseDetail["items"][number];

/** Only addresses of the web become links: a source may have written anything. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function SourceItem({ item }: { item: Item }) {
  return (
    <section className="card" aria-label={item.title}>
      <div className="row-head">
        <TlpBadge tlp={item.tlp} />
        <span className="badge">{item.source}</span>
        <span className="row-end small soft">
          <Instant at={item.published} full />
        </span>
      </div>
      <h2>{item.title}</h2>
      <p className="prose">{item.summary}</p>
      {item.cves.length + item.products.length > 0 && (
        <p className="row">
          {item.cves.map((cve) => (
            <span key={cve} className="badge badge-warn">
              {cve}
            </span>
          ))}
          {item.products.map((product) => (
            <span key={product} className="badge">
              {product}
            </span>
          ))}
        </p>
      )}
      <TextSection title={t("portal.edition.check")} text={item.check} missing={t("portal.case.no_check")} />
      <TextSection
        title={t("portal.edition.mitigation")}
        text={item.mitigation}
        missing={t("portal.case.no_mitigation")}
      />
      <p className="meta card-foot">
        <span>{item.external_id}</span>
        {isWebAddress(item.url) ? (
          <a href={item.url} rel="noreferrer external">
            {item.url}
          </a>
        ) : (
          <span>{item.url}</span>
        )}
      </p>
    </section>
  );
}

export function CasePage() {
  const { id } = useParams({ from: "/cases/$id" });
  const query = useQuery(caseQuery(id));

  return (
    <Loaded query={query} isPage>
      {(matter) => (
        <>
          <PageTitle title={matter.title} number={matter.number}>
            <p className="row">
              <span className="badge">{t("portal.case.score", { score: matter.score })}</span>
              <span className="badge">{t("portal.case.sources", { count: matter.sources })}</span>
              <span className="small soft">
                <Instant at={matter.changed_at} full />
              </span>
            </p>
          </PageTitle>
          {matter.reasons.length > 0 && (
            <section className="notice" aria-label={t("portal.case.why")}>
              <p className="notice-title">{t("portal.case.why")}</p>
              <ul>
                {matter.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </section>
          )}
          {matter.items.map((item) => (
            <SourceItem key={item.id} item={item} />
          ))}
        </>
      )}
    </Loaded>
  );
}
