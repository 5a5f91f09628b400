import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../text/texts";
import { takeArrival } from "./arrival";

interface PageTitleProps {
  /** For the browser's tab; the heading may hold more than text. */
  title: string;
  number?: string;
  children?: ReactNode;
}

/** The h1 of a page. After a navigation it takes the focus, so that a screen reader starts where the page does. */
export function PageTitle({ title, number, children }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} | ${t("portal.brand")}`;
  }, [title]);

  useEffect(() => {
    if (takeArrival()) heading.current?.focus();
  }, []);

  return (
    <div className="stack stack-tight">
      {number !== undefined && <p className="page-number">{number}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
