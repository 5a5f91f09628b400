import { t } from "../text/texts";
import { useConnection } from "./connection";

const looks = { ok: "connection", slow: "connection connection-slow", down: "connection connection-down" } as const;

export function ConnectionState() {
  const connection = useConnection();
  return (
    <span className={looks[connection]} role="status">
      {t(`portal.connection.${connection}`)}
    </span>
  );
}
