import { useInfiniteQuery } from "@tanstack/react-query";
import { releasesQuery } from "../api/queries";
import { PageTitle } from "../app/PageTitle";
import { ConfirmReceipt } from "../parts/ConfirmReceipt";
import { Loaded } from "../parts/Loaded";
import { MoreButton } from "../parts/MoreButton";
import { ReleaseRow } from "../parts/ReleaseRow";
import { t } from "../text/texts";

export function ReleasesPage() {
  const query = useInfiniteQuery(releasesQuery);

  return (
    <>
      <PageTitle title={t("portal.nav.releases")} />
      <Loaded query={query}>
        {({ pages }) => {
          const releases = pages.flatMap((page) => page.items);
          if (releases.length === 0) return <p className="empty">{t("portal.releases.none")}</p>;
          return (
            <section className="card" aria-label={t("portal.nav.releases")}>
              <ul className="rows">
                {releases.map((release) => (
                  <ReleaseRow key={release.id} release={release}>
                    {!release.acknowledged && release.state !== "withdrawn" && <ConfirmReceipt release={release} />}
                  </ReleaseRow>
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
