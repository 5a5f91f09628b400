// The edition as a choice of step for every span of the original. While nobody has typed in it, the text is exactly the
// original with the chosen steps; after that the choices are read back from the text as far as it still shows them.
import type { Review, Span } from "../../api/types";

export type Part = "title" | "body";

/** A span at its place in a part of the edition. */
export interface Placed {
  span: Span;
  part: Part;
  begin: number;
  end: number;
}

export interface Source {
  title: string;
  body: string;
  placed: Placed[];
}

const paragraph = "\n\n";

/** The body is the summary and, as its own paragraph, the technical text. */
export function sourceOf(review: Pick<Review, "original" | "spans">): Source {
  const { title, summary, technical } = review.original;
  const gap = summary !== "" && technical !== "" ? paragraph : "";
  const offsets: Record<string, number> = { title: 0, summary: 0, technical: summary.length + gap.length };
  const placed = review.spans
    .filter((span) => span.field in offsets)
    .map((span): Placed => {
      const offset = offsets[span.field] ?? 0;
      const part = span.field === "title" ? "title" : "body";
      return { span, part, begin: span.begin + offset, end: span.end + offset };
    })
    .sort((a, b) => (a.part === b.part ? a.begin - b.begin : a.part === "title" ? -1 : 1));
  return { title, body: summary + gap + technical, placed };
}

/** What stands there at a step; step 0 keeps the original. */
export function textAt(span: Span, step: number): string {
  return step <= 0 ? span.text : (span.steps[step]?.text ?? span.text);
}

export function composed(source: string, placed: Placed[], steps: number[]): string {
  let text = "";
  let at = 0;
  placed.forEach((place, index) => {
    text += source.slice(at, place.begin) + textAt(place.span, steps[index] ?? 0);
    at = place.end;
  });
  return text + source.slice(at);
}

/** The steps that make `text` out of `source`, or nothing when a person has written something else. */
export function stepsIn(text: string, source: string, placed: Placed[]): number[] | undefined {
  const failed = new Set<string>();
  const steps: number[] = [];

  function follow(index: number, at: number): boolean {
    const before = source.slice(placed[index - 1]?.end ?? 0, placed[index]?.begin ?? source.length);
    if (!text.startsWith(before, at)) return false;
    const place = placed[index];
    const here = at + before.length;
    if (place === undefined) return here === text.length;
    const state = `${index} ${here}`;
    if (failed.has(state)) return false;
    for (let step = 0; step < Math.max(place.span.steps.length, 1); step++) {
      const word = textAt(place.span, step);
      steps[index] = step;
      if (text.startsWith(word, here) && follow(index + 1, here + word.length)) return true;
    }
    failed.add(state);
    return false;
  }

  return follow(0, 0) ? steps.slice(0, placed.length) : undefined;
}

/** Which step a span shows in a text that was also edited by hand: the longest wording found, or nothing. */
function stepShown(text: string, span: Span): number | undefined {
  const words = span.steps.map((_, step) => ({ step, word: textAt(span, step) }));
  const found = words
    .filter(({ word }) => word !== "" && text.includes(word))
    .sort((a, b) => b.word.length - a.word.length);
  return found[0]?.step;
}

interface Texts {
  title: string;
  body: string;
}

/** The step each span shows now; nothing where its place was rewritten by hand. */
export function stepsShown(texts: Texts, source: Source): (number | undefined)[] {
  return (["title", "body"] as const).flatMap((part) => {
    const placed = source.placed.filter((place) => place.part === part);
    const exact = stepsIn(texts[part], source[part], placed);
    return placed.map((place, index) => (exact ? exact[index] : stepShown(texts[part], place.span)));
  });
}

/** The texts with the span at `index` at another step; nothing when its place cannot be found any more. */
export function withStep(texts: Texts, source: Source, index: number, step: number): Texts | undefined {
  const place = source.placed[index];
  if (place === undefined) return undefined;
  const { part, span } = place;
  const placed = source.placed.filter((candidate) => candidate.part === part);
  const exact = stepsIn(texts[part], source[part], placed);
  if (exact !== undefined) {
    const steps = exact.map((old, position) => (placed[position] === place ? step : old));
    return { ...texts, [part]: composed(source[part], placed, steps) };
  }
  const shown = stepShown(texts[part], span);
  if (shown === undefined) return undefined;
  const word = textAt(span, shown);
  const at = texts[part].indexOf(word);
  const text = texts[part].slice(0, at) + textAt(span, step) + texts[part].slice(at + word.length);
  return { ...texts, [part]: text };
}
