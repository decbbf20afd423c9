// Shows in the editor where a block would stand and how it would begin, without writing anything.

import * as vscode from "vscode";
import type { Offer } from "./offers";

/** Characters that are shown. */
const LONGEST = 90;

export class Preview implements vscode.Disposable {
  private readonly look = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.wordHighlightBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.addedForeground"),
    after: { color: new vscode.ThemeColor("editorGhostText.foreground") },
  });

  constructor(private readonly document: vscode.Uri) {}

  show(offer: Offer | undefined): void {
    const shown = this.document.toString();
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === shown);
    if (!editor) return;
    const marks = (offer?.texts ?? []).map(({ range, text }) => mark(editor.document, range, text));
    editor.setDecorations(this.look, marks);
    const first = marks[0];
    if (first) editor.revealRange(first.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    this.look.dispose();
  }
}

/** The line at which a text would be written, with how the text begins behind it: its own lines are not there yet. */
function mark(document: vscode.TextDocument, range: vscode.Range, text: string): vscode.DecorationOptions {
  const line = document.lineAt(range.start.line);
  const begun = `${line.isEmptyOrWhitespace ? "" : "  ⏎ "}${beginning(text, LONGEST)}`;
  // What only changes a number would say too little by itself.
  const contentText = /\p{Letter}/u.test(begun) ? begun : "";
  return { range: line.range, renderOptions: { after: { contentText } } };
}

/** How a text begins, in one line of whole words, and how many of its lines are left out. */
export function beginning(text: string, longest: number): string {
  const lines = text.split("\n").map((one) => one.trim()).filter(Boolean);
  const begun = lines.join(" ⏎ ");
  if (begun.length <= longest) return begun;
  const cut = begun.slice(0, longest + 1).replace(/(?:\s⏎)?\s\S*$/u, "");
  const left = lines.length - cut.split(" ⏎ ").length;
  return left ? `${cut} … (+${left})` : `${cut} …`;
}
