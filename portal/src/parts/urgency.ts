// 余裕 / 接近 / 超過 of a running clock: near is the last quarter of the period, at least the last hour. The server says the
// same of its own moment; between two answers the browser's clock goes on.
const hour = 3_600_000;

export function urgency(start: string, due: string, now: number): "ample" | "near" | "over" {
  const rest = Date.parse(due) - now;
  if (rest < 0) return "over";
  const period = Date.parse(due) - Date.parse(start);
  return rest * 4 < period || rest < hour ? "near" : "ample";
}
