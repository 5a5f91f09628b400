import { useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "../api/client";
import { homeQuery, releasesQuery } from "../api/queries";
import type { ReleaseSummary } from "../api/types";
import { useAction } from "../api/useAction";
import { announce } from "../app/announce";
import { t } from "../text/texts";
import { ProblemNotice } from "./ProblemNotice";

/** Confirms receipt of exactly the version that is listed. */
export function ConfirmReceipt({ release }: { release: ReleaseSummary }) {
  const client = useQueryClient();
  const confirm = useAction(
    (version: number, key) =>
      bodyOf(
        api.POST("/api/v1/releases/{id}/acknowledgements", {
          params: { path: { id: release.id }, header: { "Idempotency-Key": key } },
          body: { version },
        }),
      ),
    () => {
      announce(t("portal.release.confirmed", { number: release.number }));
      void client.invalidateQueries({ queryKey: releasesQuery.queryKey });
      void client.invalidateQueries({ queryKey: homeQuery.queryKey });
    },
  );

  return (
    <>
      <div className="actions">
        <button
          className="button button-small row-action"
          type="button"
          aria-disabled={confirm.isPending}
          onClick={() => confirm.isPending || confirm.mutate(release.version)}
        >
          {t("portal.release.confirm")}
          <span className="visually-hidden">: {release.number}</span>
        </button>
      </div>
      {confirm.error !== null && <ProblemNotice problem={confirm.error} />}
    </>
  );
}
