import { useBlocker } from "@tanstack/react-router";
import { useEffect } from "react";
import { t } from "../text/texts";
import { holdUnsaved } from "./unsaved";

/** Asks before leaving, by link, history or closing the tab, while something is typed and not sent. */
export function useLeaveGuard(isDirty: boolean): void {
  useEffect(() => (isDirty ? holdUnsaved() : undefined), [isDirty]);

  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && current.pathname !== next.pathname && !window.confirm(t("portal.leave")),
    enableBeforeUnload: () => isDirty,
  });
}
