// The difference of two texts, word by word. Japanese is split by the browser's own segmentation.
export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

// Above this the table of the comparison would be too large; the changed middle is then shown as a whole.
const mostCells = 1_000_000;

// Segmenting costs more than linearly in the length of what is segmented: lines are, very long ones stay whole.
const longestLine = 2_000;

function wordsOf(text: string): string[] {
  const segmenter = new Intl.Segmenter("ja", { granularity: "word" });
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.flatMap((line) =>
    line.length > longestLine ? [line] : [...segmenter.segment(line)].map((segment) => segment.segment),
  );
}

function sharedStart(before: string[], after: string[]): number {
  let length = 0;
  while (length < before.length && length < after.length && before[length] === after[length]) length++;
  return length;
}

/** Lengths of the longest common subsequences of all suffixes. */
function commonLengths(before: string[], after: string[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const down = lengths[(i + 1) * width + j] ?? 0;
      const right = lengths[i * width + j + 1] ?? 0;
      const both = (lengths[(i + 1) * width + j + 1] ?? 0) + 1;
      lengths[i * width + j] = before[i] === after[j] ? both : Math.max(down, right);
    }
  }
  return lengths;
}

function compared(before: string[], after: string[]): Piece[] {
  if (before.length * after.length > mostCells) {
    return [
      { kind: "removed", text: before.join("") },
      { kind: "added", text: after.join("") },
    ];
  }
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      pieces.push({ kind: "same", text: before[i++] ?? "" });
      j++;
    } else if (
      j >= after.length ||
      (i < before.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      pieces.push({ kind: "removed", text: before[i++] ?? "" });
    } else {
      pieces.push({ kind: "added", text: after[j++] ?? "" });
    }
  }
  return pieces;
}

function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (piece.text === "") continue;
    if (last?.kind === piece.kind) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}

/** Joining "same" and "removed" gives `before`; joining "same" and "added" gives `after`. */
export function difference(before: string, after: string): Piece[] {
  const old = wordsOf(before);
  const young = wordsOf(after);
  const start = sharedStart(old, young);
  const rest = sharedStart(old.slice(start).reverse(), young.slice(start).reverse());
  return joined([
    { kind: "same", text: old.slice(0, start).join("") },
    ...compared(old.slice(start, old.length - rest), young.slice(start, young.length - rest)),
    { kind: "same", text: rest > 0 ? old.slice(-rest).join("") : "" },
  ]);
}
