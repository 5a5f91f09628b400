import { t } from "../text/texts";

interface MoreButtonProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

export function MoreButton({ query }: MoreButtonProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className="actions">
      <button
        className="button"
        type="button"
        aria-disabled={query.isFetchingNextPage}
        onClick={() => query.isFetchingNextPage || query.fetchNextPage()}
      >
        {t(query.isFetchingNextPage ? "portal.loading" : "portal.more")}
      </button>
    </div>
  );
}
