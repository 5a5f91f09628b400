import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "../api/client";
import { draftsQuery } from "../api/queries";
import type { DraftSummary } from "../api/types";
import { useAction } from "../api/useAction";
import { announce } from "../app/announce";
import { t } from "../text/texts";
import { Instant } from "./Instant";
import { ListCard } from "./ListCard";
import { ProblemNotice } from "./ProblemNotice";

function DraftRow({ draft }: { draft: DraftSummary }) {
  const client = useQueryClient();
  const removed = useAction(
    () => bodyOf(api.DELETE("/api/v1/drafts/{id}", { params: { path: { id: draft.id } } })),
    () => {
      announce(t("portal.draft.deleted"));
      void client.invalidateQueries({ queryKey: draftsQuery.queryKey });
    },
  );
  const title = draft.title || t("portal.draft.untitled");

  return (
    <li>
      <div className="draft-row">
        <div>
          <p className="draft-title">{title}</p>
          <p className="meta">
            <span>
              {t("portal.draft.saved")} <Instant at={draft.saved_at} />
            </span>
          </p>
        </div>
        <div className="actions">
          <a className="button" href={`/report?draft=${draft.id}`}>
            {t("portal.draft.continue")}
            <span className="visually-hidden">: {title}</span>
          </a>
          <button
            className="button button-quiet"
            type="button"
            aria-disabled={removed.isPending}
            onClick={() => removed.isPending || removed.mutate(undefined)}
          >
            {t("portal.draft.delete")}
            <span className="visually-hidden">: {title}</span>
          </button>
        </div>
      </div>
      {removed.error !== null && <ProblemNotice problem={removed.error} />}
    </li>
  );
}

/** Reports that one has begun and not sent; nothing while there is none. */
export function Drafts() {
  const { data: drafts = [] } = useQuery(draftsQuery);
  if (drafts.length === 0) return null;
  return (
    <ListCard title={t("portal.home.drafts")} empty="">
      {drafts.map((draft) => (
        <DraftRow key={draft.id} draft={draft} />
      ))}
    </ListCard>
  );
}
