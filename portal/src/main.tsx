import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./app/queryClient";
import { createPortalRouter } from "./app/router";
import "./style/index.css";

const queryClient = createQueryClient();
const router = createPortalRouter(queryClient);
const place = document.getElementById("root");

// The server's fallback inside #root stays readable until here.
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
