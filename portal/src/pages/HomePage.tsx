import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { homeQuery, meQuery } from "../api/queries";
import type { Home } from "../api/types";
import { PageTitle } from "../app/PageTitle";
import { CaseRow } from "../parts/CaseRow";
import { Drafts } from "../parts/Drafts";
import { Instant } from "../parts/Instant";
import { ListCard } from "../parts/ListCard";
import { Loaded } from "../parts/Loaded";
import { NoticeRow } from "../parts/NoticeRow";
import { ReleaseRow } from "../parts/ReleaseRow";
import { ReportRow } from "../parts/ReportRow";
import { ReviewRow } from "../parts/ReviewRow";
import { RunningClocks } from "../parts/RunningClocks";
import { SourceTable } from "../parts/SourceTable";
import { nameOf, t } from "../text/texts";

function StaleForm({ form }: { form: Home["stale_forms"][number] }) {
  return (
    <li>
      <div className="row-head">
        <a className="row-link" href={`/reports/${form.report}/submissions#submission-${form.submission}`}>
          {form.title}
        </a>
        <span className="badge badge-warn">{t("portal.home.stale_form", { count: form.fields })}</span>
      </div>
      <p className="meta">{form.number}</p>
    </li>
  );
}

function YourTurn({ home }: { home: Home }) {
  return (
    <ListCard
      title={t("portal.home.your_turn", { count: home.your_turn.length + home.stale_forms.length })}
      empty={t("portal.home.your_turn.none")}
    >
      {[
        ...home.stale_forms.map((form) => <StaleForm key={form.submission} form={form} />),
        ...home.your_turn.map((notice) => <NoticeRow key={notice.id} notice={notice} />),
      ]}
    </ListCard>
  );
}

function News({ home }: { home: Home }) {
  return (
    <ListCard
      title={t("portal.home.news")}
      all={<Link to="/releases">{t("portal.all.releases")}</Link>}
      empty={t("portal.releases.none")}
    >
      {home.news.map((release) => (
        <ReleaseRow key={release.id} release={release} />
      ))}
    </ListCard>
  );
}

function Reports({ home }: { home: Home }) {
  return (
    <ListCard
      title={t("portal.home.reports")}
      all={<Link to="/reports">{t("portal.all.reports")}</Link>}
      empty={t("portal.reports.none")}
    >
      {home.reports.map((report) => (
        <ReportRow key={report.id} report={report} />
      ))}
    </ListCard>
  );
}

/** What the secretariat works on besides: texts on their way out, matters from outside, the health of the feeds. */
function Secretariat({ home }: { home: Home }) {
  return (
    <>
      <ListCard title={t("portal.home.reviews")} empty={t("portal.reviews.none")}>
        {home.reviews.map((review) => (
          <ReviewRow key={review.id} review={review} />
        ))}
      </ListCard>
      <ListCard
        title={t("portal.home.cases")}
        all={
          <Link to="/inbox" search={{ show: "cases" }}>
            {t("portal.all.cases")}
          </Link>
        }
        empty={t("portal.cases.none")}
      >
        {home.cases.map((item) => (
          <CaseRow key={item.id} item={item} />
        ))}
      </ListCard>
    </>
  );
}

/** Who keeps the watch, and the way to take it over. */
function Watch({ watch }: { watch: Home["watch"] }) {
  return (
    <div className="actions">
      {watch !== undefined && (
        <span className="soft">
          {t("portal.watch", { person: nameOf(watch.person) })} <Instant at={watch.since} />
        </span>
      )}
      <a className="button" href="/handover">
        {t("portal.handover")}
      </a>
    </div>
  );
}

export function HomePage() {
  const query = useQuery(homeQuery);
  const { data: me } = useSuspenseQuery(meQuery);

  return (
    <>
      <div className="page-head">
        <PageTitle title={t("portal.nav.home")} />
        <Watch watch={query.data?.watch} />
      </div>
      <Loaded query={query}>
        {(home) => (
          <>
            {(home.clocks.length > 0 || me.abilities.report) && <RunningClocks clocks={home.clocks} />}
            <div className="columns">
              <div className="stack stack-loose">
                <YourTurn home={home} />
                {me.abilities.report && <Drafts />}
                {me.abilities.review ? <Secretariat home={home} /> : <Reports home={home} />}
              </div>
              <div className="stack stack-loose">
                {me.abilities.review && <Reports home={home} />}
                <News home={home} />
              </div>
            </div>
            {home.sources.length > 0 && <SourceTable sources={home.sources} />}
          </>
        )}
      </Loaded>
    </>
  );
}
