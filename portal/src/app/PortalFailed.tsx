import type { ErrorComponentProps } from "@tanstack/react-router";
import { PageFailed } from "./PageFailed";

/** When not even the frame can be drawn: nobody knows yet who reads. */
export function PortalFailed(props: ErrorComponentProps) {
  return (
    <main className="page" id="main">
      <PageFailed {...props} />
    </main>
  );
}
