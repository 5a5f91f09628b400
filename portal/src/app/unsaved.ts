// Forms that hold something typed and not yet sent. While there is one, no page is left without asking, and a session
// that ended does not lead away from it: what was typed is worth more than a fresh page.
let forms = 0;

export function holdUnsaved(): () => void {
  forms++;
  return () => {
    forms--;
  };
}

export function hasUnsaved(): boolean {
  return forms > 0;
}
