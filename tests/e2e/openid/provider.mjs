// A real OpenID provider on a free port of loopback: prints its issuer, serves until its input ends. Everybody who
// types a login at its own page is that subject; no password is asked, which is the provider's business and not ours.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const redirect = process.argv[2];

const holder = { handle: (_request, response) => response.writeHead(503).end() };
const server = createServer((request, response) => holder.handle(request, response));
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "hinomi", client_secret: "only for this test", redirect_uris: [redirect] }],
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, email: "analyst1@example.jp" }) }),
    cookies: { keys: ["a key for cookies"] },
  });
  holder.handle = provider.callback();
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on("end", () => server.close());
