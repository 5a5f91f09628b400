import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { Loading } from "../parts/Loading";
import { t } from "../text/texts";
import { useAnnouncement } from "./announce";
import { ClockStrip } from "./ClockStrip";
import { followStream } from "./live";
import { TopBar } from "./TopBar";

/** What surrounds every page. */
export function Frame() {
  const client = useQueryClient();
  const announcement = useAnnouncement();
  const path = useRouterState({ select: (state) => state.location.pathname });

  useEffect(() => followStream(client), [client]);

  return (
    <>
      <a className="skip-link" href="#main">
        {t("portal.skip")}
      </a>
      <TopBar />
      {path !== "/" && <ClockStrip />}
      <main className="page" id="main" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <p className="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </p>
    </>
  );
}
