import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { dutiesQuery, factsQuery, reportFormsQuery, reportQuery } from "../../api/queries";
import type { FactDefinition, Report } from "../../api/types";
import { announce } from "../../app/announce";
import { PageTitle } from "../../app/PageTitle";
import { Loaded } from "../../parts/Loaded";
import { ReaderList } from "../../parts/Readers";
import { ReportState } from "../../parts/StateBadge";
import { TlpBadge } from "../../parts/TlpBadge";
import { nameOf, t } from "../../text/texts";
import { AddFacts } from "./AddFacts";
import { ConsentCard } from "./ConsentCard";
import { ContentCard } from "./ContentCard";
import { DeliveriesCard } from "./DeliveriesCard";
import { DutiesCard } from "./DutiesCard";
import { FactsCard } from "./FactsCard";
import { FormsCard } from "./FormsCard";
import { HandedInCard } from "./HandedInCard";
import { RecipientsCard } from "./RecipientsCard";
import { ReviewActions } from "./ReviewActions";
import { SeenByCard } from "./SeenByCard";
import { TechnicalCard } from "./TechnicalCard";
import { VersionsCard } from "./VersionsCard";

function Heading({ report }: { report: Report }) {
  return (
    <PageTitle title={report.title} number={`${report.number} · ${nameOf(report.org)}`}>
      <p className="row">
        <ReportState state={report.state} />
        <TlpBadge tlp={report.readers.tlp} gloss />
        {report.kind === "near_miss" && <span className="badge">{t("portal.report.near_miss")}</span>}
        <span className="badge">{t("portal.version", { version: report.version })}</span>
      </p>
    </PageTitle>
  );
}

function Detail({ report, definitions }: { report: Report; definitions: FactDefinition[] }) {
  const duties = useQuery(dutiesQuery(report.id));
  const forms = useQuery(reportFormsQuery(report.id));
  const handedIn = new Set(forms.data?.filter((form) => form.handed_in).map(({ duty, stage }) => `${duty} ${stage}`));
  const [isAdding, setAdding] = useState<false | "facts" | "incident">(false);

  const close = (filed?: Report) => {
    setAdding(false);
    if (filed !== undefined) announce(t("portal.amend.done", { version: filed.version }));
  };

  return (
    <>
      <div className="page-head">
        <Heading report={report} />
        <div className="actions">
          {report.abilities.amend && !isAdding && (
            <button className="button button-primary" type="button" onClick={() => setAdding("facts")}>
              {t("portal.amend.do")}
            </button>
          )}
          {report.abilities.amend && !isAdding && report.kind === "near_miss" && (
            <button className="button" type="button" onClick={() => setAdding("incident")}>
              {t("portal.amend.upgrade")}
            </button>
          )}
          {report.abilities.review && <ReviewActions report={report} />}
          <a className="button" href={`/reports/${report.id}/print`}>
            {t("portal.print")}
          </a>
        </div>
      </div>
      {isAdding && (
        <AddFacts
          report={report}
          definitions={definitions}
          duties={duties.data?.duties ?? []}
          isUpgrade={isAdding === "incident"}
          onClose={close}
        />
      )}
      <Loaded query={duties}>
        {(assessment) => <DutiesCard duties={assessment.duties} definitions={definitions} handedIn={handedIn} />}
      </Loaded>
      <HandedInCard report={report.id} />
      <div className="columns columns-wide-first">
        <div className="stack stack-loose">
          <ContentCard content={report.content} />
          <FactsCard facts={report.content.facts ?? {}} statements={report.statements} definitions={definitions} />
          <TechnicalCard content={report.content} />
          <FormsCard report={report.id} />
        </div>
        <div className="stack stack-loose">
          <section className="card" aria-labelledby="readers">
            <h2 id="readers">{t("portal.readers.title")}</h2>
            <ReaderList readers={report.readers} />
          </section>
          <DeliveriesCard report={report.id} />
          <RecipientsCard report={report.id} />
          <ConsentCard report={report} />
          {report.abilities.see_readers && <SeenByCard report={report.id} />}
          <VersionsCard versions={report.versions} definitions={definitions} />
        </div>
      </div>
    </>
  );
}

export function ReportPage() {
  const { id } = useParams({ from: "/reports/$id" });
  const report = useQuery(reportQuery(id));
  const facts = useQuery(factsQuery);

  return (
    <Loaded query={report} isPage>
      {(value) => <Loaded query={facts}>{(definitions) => <Detail report={value} definitions={definitions} />}</Loaded>}
    </Loaded>
  );
}
