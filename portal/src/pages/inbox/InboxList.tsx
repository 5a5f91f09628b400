import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Instant } from "../../parts/Instant";
import { ReportState } from "../../parts/StateBadge";
import { nameOf, t } from "../../text/texts";
import type { Item, Show } from "./items";

interface InboxListProps {
  items: Item[];
  chosen: string;
  show: Show;
  onOpen: () => void;
}

function Line({ item }: { item: Item }) {
  if (item.kind === "report") {
    return (
      <>
        <span className="meta">
          <Instant at={item.at} />
          <span>{item.report.number}</span>
          <span>{nameOf(item.report.org)}</span>
        </span>
        <span className="strong">{item.report.title}</span> <ReportState state={item.report.state} />
      </>
    );
  }
  return (
    <>
      <span className="meta">
        <Instant at={item.at} />
        <span>{item.matter.number}</span>
        <span>{t("portal.case.sources", { count: item.matter.sources })}</span>
      </span>
      <span className="strong">{item.matter.title}</span>{" "}
      <span className="badge">{t("portal.case.score", { score: item.matter.score })}</span>
    </>
  );
}

/** One stop for Tab; the chosen line keeps it. */
export function InboxList({ items, chosen, show, onOpen }: InboxListProps) {
  const navigate = useNavigate();
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(chosen)}"]`);
    line?.scrollIntoView?.({ block: "nearest" });
    // The focus follows the choice only where it already is in the list.
    if (list.current?.contains(document.activeElement)) line?.focus();
  }, [chosen]);

  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onOpen();
  };

  return (
    <section className="card" aria-label={t("portal.nav.inbox")}>
      <ul className="inbox-list" ref={list}>
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className="inbox-item"
              data-item={item.id}
              aria-current={item.id === chosen}
              tabIndex={item.id === chosen ? 0 : -1}
              onKeyDown={press}
              onClick={() => void navigate({ to: "/inbox", search: { show, item: item.id }, replace: true })}
            >
              <Line item={item} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
