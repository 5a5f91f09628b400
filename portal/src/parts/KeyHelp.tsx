import { t } from "../text/texts";
import { setShortcuts, useShortcutsOn } from "./useShortcuts";

interface KeyHelpProps {
  keys: { keys: string[]; does: string }[];
}

/** The keys that work here, and the switch that turns them off. */
export function KeyHelp({ keys }: KeyHelpProps) {
  const isOn = useShortcutsOn();
  return (
    <div className="key-help no-print">
      {isOn &&
        keys.map((entry) => (
          <span key={entry.does}>
            {entry.keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}{" "}
            {entry.does}
          </span>
        ))}
      <label className="key-switch">
        <input type="checkbox" checked={isOn} onChange={(event) => setShortcuts(event.target.checked)} />{" "}
        {t("portal.keys.use")}
      </label>
    </div>
  );
}
