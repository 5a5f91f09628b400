import { useInfiniteQuery } from "@tanstack/react-query";
import { reportsQuery } from "../api/queries";
import { PageTitle } from "../app/PageTitle";
import { Loaded } from "../parts/Loaded";
import { MoreButton } from "../parts/MoreButton";
import { ReportRow } from "../parts/ReportRow";
import { t } from "../text/texts";

export function ReportsPage() {
  const query = useInfiniteQuery(reportsQuery);

  return (
    <>
      <PageTitle title={t("portal.nav.reports")} />
      <Loaded query={query}>
        {({ pages }) => {
          const reports = pages.flatMap((page) => page.items);
          if (reports.length === 0) return <p className="empty">{t("portal.reports.none")}</p>;
          return (
            <section className="card" aria-label={t("portal.nav.reports")}>
              <ul className="rows">
                {reports.map((report) => (
                  <ReportRow key={report.id} report={report} />
                ))}
              </ul>
              <MoreButton query={query} />
            </section>
          );
        }}
      </Loaded>
    </>
  );
}
