// What is left to VS Code, which has support for prompt files of its own. In the front matter of its own kinds of files
// it completes, explains and checks: there the server completes and explains nothing, and of its findings those are
// left out that stand where VS Code has said something. In the text below, VS Code only looks for the files it names.

import * as vscode from "vscode";
import { DocumentDiagnosticRequest, vsdiag } from "vscode-languageclient/node";
import type { Client } from "./client";

const LANGUAGES = new Set(["prompt", "instructions", "chatagent", "skill"]);
/** The rules about the keys of the front matter, and the one about files that are not there. */
const RULES = /^TH(?:5\d\d|603)$/;
/** VS Code says on the first line, the server on that of the first key, which key is missing. */
const MISSING_KEY = "TH506";

/** Whether VS Code answers at this place by itself, so that a second answer would only be noise. */
export function keepsToItself(document: vscode.TextDocument, position: vscode.Position): boolean {
  return LANGUAGES.has(document.languageId) && position.line > 0 && position.line <= lastLine(document);
}

/** The line that ends the front matter, or, while there is none yet, the last; 0 if there is no front matter. */
function lastLine(document: vscode.TextDocument): number {
  const ends = (line: number): boolean => document.lineAt(line).text.trimEnd() === "---";
  if (document.lineCount < 2 || !ends(0)) return 0;
  for (let line = 1; line < document.lineCount; line++) if (ends(line)) return line;
  return document.lineCount - 1;
}

/** Leaves out findings that VS Code has, and looks again whenever it has others. */
export class Repeats implements vscode.Disposable {
  /** The lines with findings of VS Code, as they were when those of the server were looked through. */
  private readonly seen = new Map<string, string>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly client: () => Client | undefined) {
    this.listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => this.changed(uris));
  }

  dispose(): void {
    this.listening.dispose();
  }

  concerns(document: vscode.TextDocument | vscode.Uri): document is vscode.TextDocument {
    return !(document instanceof vscode.Uri) && LANGUAGES.has(document.languageId);
  }

  without(document: vscode.TextDocument, report: vsdiag.DocumentDiagnosticReport): vsdiag.DocumentDiagnosticReport {
    if (report.kind !== vsdiag.DocumentDiagnosticReportKind.full) return report;
    const taken = linesOf(document.uri);
    this.seen.set(document.uri.toString(), taken.join());
    const items = report.items.filter(({ range, code }) => {
      const id = String(typeof code === "object" ? code.value : code);
      return !RULES.test(id) || !taken.includes(id === MISSING_KEY ? 0 : range.start.line);
    });
    return { ...report, items };
  }

  private changed(uris: readonly vscode.Uri[]): void {
    const stale = uris.some((uri) => {
      const before = this.seen.get(uri.toString());
      return before !== undefined && before !== linesOf(uri).join();
    });
    if (!stale) return;
    for (const document of vscode.workspace.textDocuments) {
      const provider = this.client()?.getFeature(DocumentDiagnosticRequest.method).getProvider(document);
      if (this.concerns(document)) provider?.onDidChangeDiagnosticsEmitter.fire();
    }
  }
}

/** The lines on which VS Code has found something. */
function linesOf(uri: vscode.Uri): number[] {
  const others = vscode.languages.getDiagnostics(uri).filter(({ source }) => source !== "thoughtsmith");
  return others.map(({ range }) => range.start.line);
}
