import { type ReactNode, useId } from "react";

interface ListCardProps {
  title: string;
  /** A link to all of them. */
  all?: ReactNode;
  empty: string;
  children: ReactNode[];
}

/** A card with a list of rows, or a sentence while there is none. */
export function ListCard({ title, all, empty, children }: ListCardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {all}
      </div>
      {children.length === 0 ? <p className="empty">{empty}</p> : <ul className="rows">{children}</ul>}
    </section>
  );
}
