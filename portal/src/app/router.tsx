import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { meQuery } from "../api/queries";
import { HomePage } from "../pages/HomePage";
import { Loading } from "../parts/Loading";
import { noteArrival } from "./arrival";
import { Frame } from "./Frame";
import { PageFailed } from "./PageFailed";
import { PageMissing } from "./PageMissing";
import { PortalFailed } from "./PortalFailed";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Frame,
  notFoundComponent: PageMissing,
  errorComponent: PortalFailed,
  // Nothing is drawn before it is known who reads and what they may do.
  beforeLoad: ({ context }) => context.queryClient.ensureQueryData(meQuery).then(() => undefined),
});

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const reports = createRoute({
  getParentRoute: () => root,
  path: "/reports",
  component: lazyRouteComponent(() => import("../pages/ReportsPage"), "ReportsPage"),
});

const report = createRoute({
  getParentRoute: () => root,
  path: "/reports/$id",
  component: lazyRouteComponent(() => import("../pages/report/ReportPage"), "ReportPage"),
});

const review = createRoute({
  getParentRoute: () => root,
  path: "/share/$id/review",
  component: lazyRouteComponent(() => import("../pages/desk/ReviewPage"), "ReviewPage"),
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: "/inbox",
  validateSearch: (search: Record<string, unknown>): { show?: "reports" | "cases"; item?: string } => ({
    show: search.show === "reports" || search.show === "cases" ? search.show : undefined,
    item: typeof search.item === "string" ? search.item : undefined,
  }),
  component: lazyRouteComponent(() => import("../pages/inbox/InboxPage"), "InboxPage"),
});

const releases = createRoute({
  getParentRoute: () => root,
  path: "/releases",
  component: lazyRouteComponent(() => import("../pages/ReleasesPage"), "ReleasesPage"),
});

const caseDetail = createRoute({
  getParentRoute: () => root,
  path: "/cases/$id",
  component: lazyRouteComponent(() => import("../pages/CasePage"), "CasePage"),
});

const routeTree = root.addChildren([home, reports, report, review, inbox, releases, caseDetail]);

/** Addresses are the browser's own unless a history is given. */
export function createPortalRouter(queryClient: QueryClient, history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    history,
    context: { queryClient },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultPendingMs: 300,
    defaultErrorComponent: PageFailed,
  });
  router.subscribe("onBeforeNavigate", (event) => {
    if (event.pathChanged && event.fromLocation !== undefined) noteArrival();
  });
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
