// Explanations of techniques, recipes, terms and rules, shown as pages that come from the server.

import * as path from "node:path";
import * as vscode from "vscode";
import type { Session } from "./session";
import { topics } from "./topics";

const SCHEME = "thoughtsmith";

export class Explanations implements vscode.TextDocumentContentProvider {
  constructor(private readonly session: Session) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const page = await this.session.client?.sendRequest<{ markdown: string } | null>("workspace/executeCommand", {
      command: "thoughtsmith.explain",
      arguments: [path.posix.basename(uri.path, ".md")],
    });
    return page?.markdown ?? "";
  }

  /** Lets the user choose what is to be explained. */
  async choose(): Promise<void> {
    const client = this.session.client;
    if (!client) return this.session.explainAbsence();
    const chosen = await vscode.window.showQuickPick(topics(client), {
      title: vscode.l10n.t("Explain a technique, term or rule"),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen) await this.show(chosen.id);
  }

  /** Shows a page beside the prompt, as it looks when read. */
  readonly show = async (id: string): Promise<void> => {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${id}.md` });
    try {
      await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    } catch {
      // Somebody has switched off VS Code's own Markdown support.
      await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    }
  };
}
