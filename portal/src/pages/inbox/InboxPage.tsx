import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { casesQuery, reportsQuery } from "../../api/queries";
import { PageTitle } from "../../app/PageTitle";
import { KeyHelp } from "../../parts/KeyHelp";
import { Loaded } from "../../parts/Loaded";
import { MoreButton } from "../../parts/MoreButton";
import { useShortcuts } from "../../parts/useShortcuts";
import { t } from "../../text/texts";
import { InboxList } from "./InboxList";
import { type Item, itemsOf, type Show } from "./items";
import { Looked } from "./Looked";

const views: Show[] = [undefined, "reports", "cases"];

function Views() {
  return (
    <nav className="tabs" aria-label={t("portal.inbox.views")}>
      {views.map((view) => (
        <Link key={view ?? "all"} to="/inbox" search={{ show: view }} activeOptions={{ explicitUndefined: true }}>
          {t(`portal.inbox.view.${view ?? "all"}`)}
        </Link>
      ))}
    </nav>
  );
}

function Matters({ items, chosen, show }: { items: Item[]; chosen: string | undefined; show: Show }) {
  const navigate = useNavigate();
  const found = items.findIndex((item) => item.id === chosen);
  const index = Math.max(found, 0);
  const item = items[index];

  const look = (next: number) => {
    const target = items[Math.max(0, Math.min(next, items.length - 1))];
    if (target !== undefined) void navigate({ to: "/inbox", search: { show, item: target.id }, replace: true });
  };
  const open = () => {
    if (item?.kind === "report") void navigate({ to: "/reports/$id", params: { id: item.id } });
    if (item?.kind === "case") void navigate({ to: "/cases/$id", params: { id: item.id } });
  };
  useShortcuts({ j: () => look(index + 1), k: () => look(index - 1), o: open });

  if (item === undefined) return <p className="empty">{t("portal.inbox.none")}</p>;
  return (
    <div className="inbox">
      <InboxList items={items} chosen={item.id} show={show} onOpen={open} />
      <Looked key={item.id} item={item} />
    </div>
  );
}

export function InboxPage() {
  const { show, item } = useSearch({ from: "/inbox" });
  const reports = useInfiniteQuery(reportsQuery);
  const cases = useInfiniteQuery(casesQuery);

  const shown = [show === "cases" ? undefined : reports, show === "reports" ? undefined : cases];
  const unfinished = shown.filter((query) => query?.hasNextPage);
  const more = {
    hasNextPage: unfinished.length > 0,
    isFetchingNextPage: unfinished.some((query) => query?.isFetchingNextPage),
    fetchNextPage: () => unfinished.forEach((query) => void query?.fetchNextPage()),
  };

  return (
    <>
      <PageTitle title={t("portal.nav.inbox")} />
      <Views />
      <KeyHelp
        keys={[
          { keys: ["j"], does: t("portal.inbox.key.down") },
          { keys: ["k"], does: t("portal.inbox.key.up") },
          { keys: ["Enter", "o"], does: t("portal.inbox.key.open") },
        ]}
      />
      <Loaded query={reports}>
        {(filed) => (
          <Loaded query={cases}>
            {(matters) => (
              <Matters
                items={itemsOf(
                  filed.pages.flatMap((page) => page.items),
                  matters.pages.flatMap((page) => page.items),
                  show,
                )}
                chosen={item}
                show={show}
              />
            )}
          </Loaded>
        )}
      </Loaded>
      <MoreButton query={more} />
    </>
  );
}
