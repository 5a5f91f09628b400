import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createPortalRouter } from "../app/router";

function testClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
}

/** A part of a page that needs the server but no address. */
export function draw(part: ReactNode) {
  return render(<QueryClientProvider client={testClient()}>{part}</QueryClientProvider>);
}

/** The whole portal at an address. */
export function drawAt(address: string) {
  const client = testClient();
  const router = createPortalRouter(client, createMemoryHistory({ initialEntries: [address] }));
  const drawn = render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { ...drawn, router };
}
