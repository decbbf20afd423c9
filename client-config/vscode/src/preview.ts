// Shows in the editor where a block would stand and how it would begin, without writing anything.

import * as vscode from "vscode";
import type { Offer } from "./offers";

/** Characters of the first line that are shown. */
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
  const lines = text.split("\n").map((one) => one.trim()).filter(Boolean);
  const rest = lines.length > 1 ? ` … (+${lines.length - 1})` : "";
  const begun = `${line.isEmptyOrWhitespace ? "" : "  ⏎ "}${(lines[0] ?? "").slice(0, LONGEST)}${rest}`;
  // What only changes a number would say too little by itself.
  const contentText = /\p{Letter}/u.test(begun) ? begun : "";
  return { range: line.range, renderOptions: { after: { contentText } } };
}
