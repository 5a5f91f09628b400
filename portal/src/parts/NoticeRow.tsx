import { useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "../api/client";
import { homeQuery } from "../api/queries";
import type { Notice } from "../api/types";
import { useAction } from "../api/useAction";
import { announce } from "../app/announce";
import { t, textOr } from "../text/texts";
import { Instant } from "./Instant";
import { ProblemNotice } from "./ProblemNotice";

/** One thing that waits for this reader: what, about what, and a way to be done with it. */
export function NoticeRow({ notice }: { notice: Notice }) {
  const client = useQueryClient();
  const done = useAction(
    () => bodyOf(api.DELETE("/api/v1/notices/{id}", { params: { path: { id: String(notice.id) } } })),
    () => {
      announce(t("portal.notice.done"));
      void client.invalidateQueries({ queryKey: homeQuery.queryKey });
    },
  );

  return (
    <li>
      <div className="row-head">
        <span className="badge badge-warn">{textOr("portal.notice.kind.", notice.kind)}</span>
        <span className="row-end small soft">
          <Instant at={notice.at} />
        </span>
      </div>
      <a className="row-link" href={notice.href ?? "/"}>
        {notice.title ?? notice.number ?? notice.kind}
      </a>
      <div className="row row-between">
        <span className="meta">{notice.number}</span>
        <button
          className="button button-small row-action"
          type="button"
          aria-disabled={done.isPending}
          onClick={() => done.isPending || done.mutate(undefined)}
        >
          {t("portal.notice.clear")}
          <span className="visually-hidden">: {notice.title ?? notice.number}</span>
        </button>
      </div>
      {done.error !== null && <ProblemNotice problem={done.error} />}
    </li>
  );
}
